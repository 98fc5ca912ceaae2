"""The database in our own network: Aurora Serverless v2, and the way out to the carrier for functions beside it.

Only for those who want it: any Postgres by URL is cheaper below some two thousand clients (docs/aws.md).
"""

from infra.aws.stack.words import Json, get, output, ref, resource, sub

ENGINE, VERSION = "aurora-postgresql", "17.9"
PORT = 5432
SMALLEST, LARGEST = 0.5, 16
"""In Aurora's capacity units. It never pauses, since a tick comes every minute."""


def network() -> Json:
    """Two private subnets for the functions and the database; a public one for the way out."""
    made: Json = {
        "Vpc": resource("EC2::VPC", {"CidrBlock": "10.20.0.0/16", "EnableDnsSupport": True, "EnableDnsHostnames": True})
    }
    for letter, block, zone in (("A", "10.20.0.0/20", 0), ("B", "10.20.16.0/20", 1), ("Public", "10.20.32.0/20", 0)):
        subnet = {
            "VpcId": ref("Vpc"),
            "CidrBlock": block,
            "AvailabilityZone": {"Fn::Select": [zone, {"Fn::GetAZs": ""}]},
        }
        made[f"Subnet{letter}"] = resource("EC2::Subnet", subnet)
    return made | _way_out() | _groups()


def _way_out() -> Json:
    made = {
        "Gateway": resource("EC2::InternetGateway", {}),
        "Attached": resource("EC2::VPCGatewayAttachment", {"VpcId": ref("Vpc"), "InternetGatewayId": ref("Gateway")}),
        "Address": resource("EC2::EIP", {"Domain": "vpc"}, DependsOn="Attached"),
        "Nat": resource(
            "EC2::NatGateway", {"AllocationId": get("Address", "AllocationId"), "SubnetId": ref("SubnetPublic")}
        ),
        "OutRoutes": resource("EC2::RouteTable", {"VpcId": ref("Vpc")}),
        "InRoutes": resource("EC2::RouteTable", {"VpcId": ref("Vpc")}),
        "Out": resource(
            "EC2::Route",
            {"RouteTableId": ref("OutRoutes"), "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": ref("Gateway")},
            DependsOn="Attached",
        ),
        "OutByNat": resource(
            "EC2::Route",
            {"RouteTableId": ref("InRoutes"), "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": ref("Nat")},
        ),
    }
    for letter, table in (("A", "InRoutes"), ("B", "InRoutes"), ("Public", "OutRoutes")):
        joined = {"SubnetId": ref(f"Subnet{letter}"), "RouteTableId": ref(table)}
        made[f"Routes{letter}"] = resource("EC2::SubnetRouteTableAssociation", joined)
    return made


def _groups() -> Json:
    """The database lets in the functions and nobody else."""
    inside = {"IpProtocol": "tcp", "FromPort": PORT, "ToPort": PORT, "SourceSecurityGroupId": ref("FunctionsGroup")}
    return {
        "FunctionsGroup": resource(
            "EC2::SecurityGroup", {"GroupDescription": "Coach Portal functions", "VpcId": ref("Vpc")}
        ),
        "DatabaseGroup": resource(
            "EC2::SecurityGroup",
            {
                "GroupDescription": "Coach Portal database",
                "VpcId": ref("Vpc"),
                "SecurityGroupIngress": [{**inside, "Description": "the functions"}],
            },
        ),
    }


def cluster() -> Json:
    """Aurora with one writer; a week of backups, and a last one when it is taken down."""
    properties = {
        "Engine": ENGINE,
        "EngineVersion": VERSION,
        "DatabaseName": "coach_portal",
        "MasterUsername": "coach_portal",
        "MasterUserPassword": sub("{{resolve:secretsmanager:${Site}/settings:SecretString:DATABASE_PASSWORD}}"),
        "ServerlessV2ScalingConfiguration": {"MinCapacity": SMALLEST, "MaxCapacity": LARGEST},
        "DBSubnetGroupName": ref("DatabaseSubnets"),
        "VpcSecurityGroupIds": [ref("DatabaseGroup")],
        "StorageEncrypted": True,
        "BackupRetentionPeriod": 7,
        "DeletionProtection": True,
    }
    writer = {
        "Engine": ENGINE,
        "DBClusterIdentifier": ref("DatabaseCluster"),
        "DBInstanceClass": "db.serverless",
        "PubliclyAccessible": False,
    }
    subnets = {"DBSubnetGroupDescription": "Coach Portal", "SubnetIds": [ref("SubnetA"), ref("SubnetB")]}
    last = {"DeletionPolicy": "Snapshot", "UpdateReplacePolicy": "Snapshot"}
    return {
        "DatabaseSubnets": resource("RDS::DBSubnetGroup", subnets),
        "DatabaseCluster": resource("RDS::DBCluster", properties, **last),
        "DatabaseWriter": resource("RDS::DBInstance", writer, DeletionPolicy="Delete", UpdateReplacePolicy="Delete"),
    }


def outputs() -> Json:
    """What the functions need to get there."""
    return {
        "DatabaseHost": output(get("DatabaseCluster", "Endpoint.Address"), "the writer's address"),
        "FunctionsGroup": output(get("FunctionsGroup", "GroupId"), "the functions' security group"),
        "SubnetA": output(ref("SubnetA"), "a private subnet"),
        "SubnetB": output(ref("SubnetB"), "a private subnet in another zone"),
    }
