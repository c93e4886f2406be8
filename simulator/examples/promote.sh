#!/usr/bin/env bash
# Creates a multi-Region key in us-east-1, moves its primary role to us-west-2, and decrypts there what was encrypted at home.
#
#   AWS_ENDPOINT_URL=http://127.0.0.1:4599 simulator/examples/promote.sh
#
# Without AWS_ENDPOINT_URL it would do the same on AWS, at AWS's prices.
set -euo pipefail

home() { aws kms --region us-east-1 --output text "$@"; }
away() { aws kms --region us-west-2 --output text "$@"; }

# Until us-west-2 shows the key enabled, with its primary there.
settled() {
  local state primary
  for _ in $(seq 120); do
    # A Region may need a moment before it knows a new key.
    read -r state primary <<<"$(away describe-key --key-id "$key" --query 'KeyMetadata.[KeyState, MultiRegionConfiguration.PrimaryKey.Region]' || true)"
    if [ "$state $primary" = "Enabled $1" ]; then
      echo "primary: $primary"
      return
    fi
    sleep 0.5
  done
  echo "The key has not settled." >&2
  return 1
}

key=$(home create-key --multi-region --query KeyMetadata.KeyId)
home replicate-key --key-id "$key" --replica-region us-west-2 >/dev/null
settled us-east-1

# fileb:// is read as it is by both versions of the CLI; text is not.
ciphertext=$(home encrypt --key-id "$key" --plaintext fileb://<(printf 'the same in every Region') --query CiphertextBlob)
home update-primary-region --key-id "$key" --primary-region us-west-2
echo "while it changes: $(away describe-key --key-id "$key" --query KeyMetadata.KeyState)"
settled us-west-2

echo "decrypted: $(away decrypt --key-id "$key" --ciphertext-blob fileb://<(printf %s "$ciphertext" | base64 -d) --query Plaintext | base64 -d)"
