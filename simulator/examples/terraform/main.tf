# A multi-Region key with its primary in us-east-1 and a replica in us-west-2, in the simulator.
# Run `npm run simulator` first; nothing here reaches AWS.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "endpoint" {
  description = "Where the simulator listens."
  type        = string
  default     = "http://127.0.0.1:4599"
}

provider "aws" {
  region     = "us-east-1"
  access_key = "111122223333" # twelve digits name the account
  secret_key = "anything"     # signatures are not verified

  endpoints {
    kms = var.endpoint
    sts = var.endpoint
  }
}

provider "aws" {
  alias      = "west"
  region     = "us-west-2"
  access_key = "111122223333"
  secret_key = "anything"

  endpoints {
    kms = var.endpoint
    sts = var.endpoint
  }
}

resource "aws_kms_key" "orders" {
  description             = "orders"
  multi_region            = true
  deletion_window_in_days = 7
}

resource "aws_kms_replica_key" "orders_west" {
  provider                = aws.west
  description             = "orders, us-west-2"
  primary_key_arn         = aws_kms_key.orders.arn
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}

output "key_id" {
  value = aws_kms_key.orders.key_id
}
