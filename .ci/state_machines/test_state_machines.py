"""What the check must catch, and what it must let pass."""

import json
import unittest

from .definition import definitions
from .findings import findings

COPY = "arn:aws:states:::aws-sdk:ec2:copySnapshot"
COPIED = {"SourceRegion": "eu-west-2", "SourceSnapshotId": "{% $states.input.id %}", "Encrypted": True}
TAGGED = {"ResourceType": "snapshot", "Tags": [{"Key": "a", "Value": "{% $a %}"}]}


def machine(resource, arguments, **more):
    return {
        "QueryLanguage": "JSONata",
        "StartAt": "Call",
        "States": {"Call": {"Type": "Task", "Resource": resource, "Arguments": arguments, "End": True, **more}},
    }


def mapped(definition):
    return {
        "QueryLanguage": "JSONata",
        "StartAt": "Each",
        "States": {"Each": {"Type": "Map", "ItemProcessor": {k: v for k, v in definition.items() if k != "QueryLanguage"}, "End": True}},
    }


class WhatPasses(unittest.TestCase):
    def passes(self, resource, arguments):
        self.assertEqual(findings(machine(resource, arguments)), [])

    def test_a_call_with_literals_and_queries(self):
        self.passes(COPY, {**COPIED, "TagSpecifications": [TAGGED], "CompletionDurationMinutes": 15})

    def test_arguments_that_a_query_gives(self):
        self.passes(COPY, "{% $arguments %}")
        self.passes(COPY, "{% $merge([{'SourceRegion': 'a', \"TagSpecifications\": [{'Tags': [{'Key': $a}]}]}, $b = '' ? {} : {'KmsKeyId': $b}]) %}")
        self.passes("arn:aws:states:::dynamodb:putItem", "{% {'TableName': 'a', 'Item': {'id': {'S': $id}}} %}")

    def test_what_only_the_extras_of_the_sdk_know(self):
        self.passes("arn:aws-cn:states:::aws-sdk:rds:copyDBSnapshot", {
            "SourceDBSnapshotIdentifier": "{% $id %}", "TargetDBSnapshotIdentifier": "a", "SourceRegion": "eu-west-2", "KmsKeyId": "a",
        })

    def test_parameters_in_pascal_case(self):
        self.passes("arn:aws:states:::aws-sdk:cloudwatchlogs:putLogEvents", {
            "LogGroupName": "a", "LogStreamName": "a", "LogEvents": [{"Timestamp": "{% $millis() %}", "Message": "a"}],
        })

    def test_attributes_as_each_kind_of_integration_writes_them(self):
        item = {"id": {"S": "a"}}
        self.passes("arn:aws:states:::dynamodb:putItem", {"TableName": "a", "Item": {**item, "done": {"BOOL": True}}})
        self.passes("arn:aws:states:::aws-sdk:dynamodb:putItem", {"TableName": "a", "Item": {**item, "done": {"Bool": True}}})

    def test_json_that_an_optimized_integration_takes(self):
        self.passes("arn:aws:states:::sqs:sendMessage", {"QueueUrl": "a", "MessageBody": {"id": "{% $id %}"}})
        self.passes("arn:aws:states:::events:putEvents", {"Entries": [{"Detail": {}, "DetailType": "a", "Source": "a"}]})
        self.passes("arn:aws:states:::states:startExecution.sync:2", {"StateMachineArn": "a", "Input": {"a": 1}})

    def test_an_idempotency_token_that_the_sdk_makes_up(self):
        self.passes("arn:aws:states:::aws-sdk:backup:startCopyJob", {
            "RecoveryPointArn": "a", "SourceBackupVaultName": "a", "DestinationBackupVaultArn": "a", "IamRoleArn": "a",
        })

    def test_json_path(self):
        definition = machine(COPY, None)
        definition["QueryLanguage"] = "JSONPath"
        definition["States"]["Call"]["Parameters"] = {"SourceRegion": "a", "SourceSnapshotId.$": "$.id", "Description": "States.Format('a')"}
        self.assertEqual(findings(definition), [])

    def test_what_reads_the_items_of_a_map(self):
        definition = mapped(machine(COPY, COPIED))
        definition["States"]["Each"]["ItemReader"] = {"Resource": "arn:aws:states:::s3:listObjectsV2", "Arguments": {"Bucket": "a"}}
        self.assertEqual(findings(definition), [])


class WhatIsCaught(unittest.TestCase):
    def caught(self, sentence, resource, arguments):
        self.assertEqual(findings(machine(resource, arguments)), [f"/Call: {sentence}"])

    def test_a_misspelt_parameter(self):
        self.caught("ec2:copySnapshot has no KmsKeyID; write KmsKeyId", COPY, {**COPIED, "KmsKeyID": "a"})
        self.caught("ec2:copySnapshot has no Region", COPY, {**COPIED, "Region": "a"})

    def test_a_parameter_as_the_api_writes_it_where_the_sdk_does_not(self):
        self.assertEqual(findings(machine("arn:aws:states:::aws-sdk:rds:startDBInstance", {"DBInstanceIdentifier": "a"})), [
            "/Call: rds:startDBInstance has no DBInstanceIdentifier; write DbInstanceIdentifier",
            "/Call: rds:startDBInstance lacks DbInstanceIdentifier",
        ])

    def test_a_misspelt_parameter_deep_inside(self):
        self.caught("ec2:copySnapshot.TagSpecifications[0].Tags[0] has no key; write Key", COPY,
                    {**COPIED, "TagSpecifications": [{"ResourceType": "snapshot", "Tags": [{"key": "a"}]}]})
        self.caught("dynamodb:getItem.Key['id'] has no s; write S", "arn:aws:states:::dynamodb:getItem", {"TableName": "a", "Key": {"id": {"s": "a"}}})

    def test_a_misspelt_parameter_of_an_object_that_a_query_makes(self):
        self.caught("neither ec2:copySnapshot nor what it has in it has KmsKeyID", COPY, "{% $merge([{'SourceRegion': 'a'}, {'KmsKeyID': $b}]) %}")
        self.caught("neither ec2:copySnapshot.TagSpecifications[0].Tags nor what it has in it has Name", COPY,
                    {**COPIED, "TagSpecifications": [{"ResourceType": "snapshot", "Tags": "{% [{'Name': $a}] %}"}]})

    def test_a_required_parameter_that_is_missing(self):
        self.caught("ec2:copySnapshot lacks SourceSnapshotId", COPY, {"SourceRegion": "a"})
        self.caught("sqs:sendMessage lacks MessageBody", "arn:aws:states:::sqs:sendMessage", {"QueueUrl": "a"})

    def test_an_unknown_action_or_service(self):
        self.caught("there is no action CopySnapshot of ec2", "arn:aws:states:::aws-sdk:ec2:CopySnapshot", {})
        self.caught("there is no action copyDbSnapshot of rds", "arn:aws:states:::aws-sdk:rds:copyDbSnapshot", {})
        self.caught("there is no service logs", "arn:aws:states:::aws-sdk:logs:putLogEvents", {})
        self.caught("ec2:copySnapshot is no optimized integration", "arn:aws:states:::ec2:copySnapshot", {})
        self.caught("'arn:aws:states::aws-sdk:ec2:copySnapshot' is no integration", "arn:aws:states::aws-sdk:ec2:copySnapshot", {})

    def test_a_literal_that_is_none_of_an_enumeration(self):
        [found] = findings(machine(COPY, {**COPIED, "TagSpecifications": [{**TAGGED, "ResourceType": "snapshots"}]}))
        self.assertRegex(found, r"ResourceType is one of .*\bsnapshot\b.*, given: 'snapshots'$")

    def test_a_literal_of_another_type(self):
        self.caught("ec2:copySnapshot.Encrypted is of type boolean, given: 'true'", COPY, {**COPIED, "Encrypted": "true"})
        self.caught("ec2:copySnapshot.CompletionDurationMinutes is of type integer, given: True", COPY, {**COPIED, "CompletionDurationMinutes": True})

    def test_what_is_in_a_map_within_a_map(self):
        self.assertEqual(findings(mapped(mapped(machine(COPY, {})))), [
            "/Each/Each/Call: ec2:copySnapshot lacks SourceRegion", "/Each/Each/Call: ec2:copySnapshot lacks SourceSnapshotId",
        ])

    def test_what_is_in_a_branch(self):
        branches = {"QueryLanguage": "JSONata", "StartAt": "Both", "States": {"Both": {"Type": "Parallel", "Branches": [machine(COPY, {}), machine(COPY, COPIED)]}}}
        self.assertEqual(len(findings(branches)), 2)

    def test_a_map_that_reads_with_another_call(self):
        definition = mapped(machine(COPY, COPIED))
        definition["States"]["Each"]["ItemReader"] = {"Resource": "arn:aws:states:::s3:listObjectsV2", "Arguments": {"Bucket": "a", "Key": "a"}}
        definition["States"]["Each"]["ResultWriter"] = {"Resource": "arn:aws:states:::s3:getObject", "Arguments": {}}
        self.assertEqual(findings(definition), ["/Each/ItemReader: s3:listObjectsV2 has no Key", "/Each/ResultWriter: s3:getObject is none of the ResultWriters"])

    def test_what_is_no_definition(self):
        self.assertEqual(findings("{"), ["no definition: {"])


class Templates(unittest.TestCase):
    def test_the_intrinsic_functions_of_a_definition_are_texts(self):
        text = json.dumps(machine("arn:PARTITION:states:::aws-sdk:ec2:copySnapshot", {**COPIED, "KmsKeyId": "KEY", "Description": "QUEUE"}))
        [before, after] = text.split("PARTITION")
        [middle, rest] = after.split("KEY")
        [key, end] = rest.split("QUEUE")
        definition = {"Fn::Join": ["", [
            before, {"Ref": "AWS::Partition"}, middle, {"Fn::GetStackOutput": {"StackName": "a", "OutputName": "b"}}, key, {"Fn::GetAtt": ["Queue", "Arn"]}, end,
        ]]}
        template = {"Resources": {"Machine": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": definition}}, "Other": {"Type": "A::B::C"}}}
        [(logical_id, found)] = definitions(template)

        self.assertEqual((logical_id, findings(found)), ("Machine", []))
        self.assertEqual(found["States"]["Call"]["Arguments"]["Description"], "arn:aws:service:eu-west-2:111122223333:Queue")

    def test_a_definition_with_substitutions(self):
        properties = {"Definition": machine("${Copy}", {}), "DefinitionSubstitutions": {"Copy": {"Fn::Sub": "arn:${AWS::Partition}:states:::aws-sdk:ec2:copySnapshots"}}}
        [(_, found)] = definitions({"Resources": {"Machine": {"Type": "AWS::StepFunctions::StateMachine", "Properties": properties}}})

        self.assertEqual(findings(found), ["/Call: there is no action copySnapshots of ec2"])
