"""Moves a multi-Region key of every usage from us-east-1 to us-west-2, and uses each in both Regions.

    AWS_ENDPOINT_URL=http://127.0.0.1:4599 python3 simulator/examples/every_usage.py

Nothing in here knows that it talks to a simulator: without AWS_ENDPOINT_URL it would do the same on AWS, at AWS's prices.
It is no pattern for programs that have to be patient: for some seconds after a key was made, AWS (and the simulator with
--unkind) may answer any call with NotFoundException.
"""

import os
import time

import boto3

HOME, AWAY = "us-east-1", "us-west-2"
WAIT_SECONDS_MAX = 180
PAUSE_SECONDS = float(os.environ.get("PAUSE_SECONDS", "0.5"))
MESSAGE = b"the same in every Region"

home = boto3.client("kms", region_name=HOME)
away = boto3.client("kms", region_name=AWAY)


def create(spec, usage):
    return home.create_key(KeySpec=spec, KeyUsage=usage, MultiRegion=True)["KeyMetadata"]["KeyId"]


def metadata(client, key_id):
    return client.describe_key(KeyId=key_id)["KeyMetadata"]


def seen(client, key_id):
    """The key's state and primary Region; a Region may need a moment before it knows a new key."""
    try:
        view = metadata(client, key_id)
    except client.exceptions.NotFoundException:
        return None
    return view["KeyState"], view["MultiRegionConfiguration"]["PrimaryKey"]["Region"]


def wait_until_settled(key_id, primary):
    """Until both Regions show the key Enabled, with its primary there. Either may show yesterday's answer for a moment."""
    until = time.monotonic() + WAIT_SECONDS_MAX
    while time.monotonic() < until:
        if {seen(client, key_id) for client in (home, away)} == {("Enabled", primary)}:
            return
        time.sleep(PAUSE_SECONDS)
    raise SystemExit(f"{key_id} has not settled within {WAIT_SECONDS_MAX} s.")


def encrypted(algorithm):
    def check(key_id):
        sealed = home.encrypt(KeyId=key_id, Plaintext=MESSAGE, EncryptionAlgorithm=algorithm)["CiphertextBlob"]
        opened = away.decrypt(KeyId=key_id, CiphertextBlob=sealed, EncryptionAlgorithm=algorithm)
        assert opened["Plaintext"] == MESSAGE
        assert f":{AWAY}:" in opened["KeyId"], "the answer names the key of the Region that was asked"

    return check


def signed(algorithm):
    def check(key_id):
        signature = home.sign(KeyId=key_id, Message=MESSAGE, SigningAlgorithm=algorithm)["Signature"]
        assert away.verify(KeyId=key_id, Message=MESSAGE, Signature=signature, SigningAlgorithm=algorithm)["SignatureValid"]

    return check


def authenticated(key_id):
    mac = home.generate_mac(KeyId=key_id, Message=MESSAGE, MacAlgorithm="HMAC_SHA_256")["Mac"]
    assert away.verify_mac(KeyId=key_id, Message=MESSAGE, Mac=mac, MacAlgorithm="HMAC_SHA_256")["MacValid"]


def agreed(key_id):
    """The shared secret with another party's key is the same, whichever Region derives it."""
    public_key = home.get_public_key(KeyId=key_id)["PublicKey"]
    secrets = [
        client.derive_shared_secret(KeyId=key_id, KeyAgreementAlgorithm="ECDH", PublicKey=public_key)["SharedSecret"]
        for client in (home, away)
    ]
    assert secrets[0] == secrets[1]


USAGES = [
    ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", encrypted("SYMMETRIC_DEFAULT")),
    ("RSA_2048", "ENCRYPT_DECRYPT", encrypted("RSAES_OAEP_SHA_256")),
    ("ECC_NIST_P256", "SIGN_VERIFY", signed("ECDSA_SHA_256")),
    ("HMAC_256", "GENERATE_VERIFY_MAC", authenticated),
    ("ECC_NIST_P256", "KEY_AGREEMENT", agreed),
]

keys = [(create(spec, usage), f"{usage} with {spec}", check) for spec, usage, check in USAGES]
for key_id, _, _ in keys:
    home.replicate_key(KeyId=key_id, ReplicaRegion=AWAY)
for key_id, _, check in keys:
    wait_until_settled(key_id, HOME)
    check(key_id)

meanwhile = {}
for key_id, _, check in keys:
    home.update_primary_region(KeyId=key_id, PrimaryRegion=AWAY)
    meanwhile[key_id] = metadata(away, key_id)["KeyState"]
    check(key_id)  # the change does not get in the way of using the key

for key_id, what, check in keys:
    wait_until_settled(key_id, AWAY)
    check(key_id)
    try:
        home.update_primary_region(KeyId=key_id, PrimaryRegion=AWAY)
        raise SystemExit("A replica was promoted from its own Region.")
    except home.exceptions.KMSInvalidStateException as refused:
        assert "is not a multi-Region primary key." in str(refused), refused
    print(f"{what}: moved, {meanwhile[key_id]} meanwhile, and used in both Regions before, during and after")
