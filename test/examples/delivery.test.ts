import { ExampleTemplates } from '../support/example-templates';

const templates = new ExampleTemplates('delivery');

test('the templates are those that were read', () => {
  expect(templates.stacks).toMatchSnapshot();
});

test('the table shows every key with its policy and what is encrypted under it', () => {
  expect(templates.keyTable).toMatchInlineSnapshot(`
"
KEY                       POLICY                 ENCRYPTS
--------------------------------------------------------------------------------------------------------
alias/delivery/artifacts  3,521 of 32,768 bytes  AWS::SNS::Topic              DeliveryPipeline/Approvals
DeliveryKeys/Artifacts    12 statements          AWS::S3::Bucket              DeliveryPipeline/Artifacts
                                                 AWS::ECR::Repository         DeliveryPipeline/Images
                                                 AWS::Logs::LogGroup          DeliveryPipeline/Logs
                                                 AWS::CodePipeline::Pipeline  DeliveryPipeline/Pipeline

alias/delivery/site       1,637 of 32,768 bytes  AWS::S3::Bucket              DeliverySite/Pages
DeliveryKeys/Site         6 statements
"
`);
});

test('the stacks refer to those before them, and the keys to nothing', () => {
  expect(templates.references).toMatchInlineSnapshot(`
{
  "DeliveryKeys": [],
  "DeliveryPeople": [
    "DeliveryKeys",
    "DeliveryPipeline",
    "DeliverySite",
  ],
  "DeliveryPipeline": [
    "DeliveryKeys",
    "DeliverySite",
  ],
  "DeliverySite": [
    "DeliveryKeys",
  ],
  "DeliveryWorkload": [
    "DeliveryKeys",
  ],
}
`);
});

test('the key policies name no principal but the account, that of the workload, everyone under conditions, and services', () => {
  expect(templates.principals).toMatchInlineSnapshot(`
[
  "{"AWS":"*"}",
  "{"AWS":"arn:aws:iam::123456789012:root"}",
  "{"AWS":"arn:aws:iam::210987654321:root"}",
  "{"Service":"cloudfront.amazonaws.com"}",
  "{"Service":{"Fn::Join":["",["logs.us-east-1.",{"Ref":"AWS::URLSuffix"}]]}}",
]
`);
});

test('everything that the catalogue can encrypt is encrypted under a key, except access logs', () => {
  expect(templates.unencrypted).toMatchInlineSnapshot(`
{
  "AWS::S3::Bucket": [
    "DeliverySite/Pages/AccessLogs",
    "DeliveryPipeline/Artifacts/AccessLogs",
  ],
}
`);
});

test.each([
  ['365 days', undefined, 365],
  ['what the context says', '180', 180],
])('the keys rotate after %s', (_, rotationDays, days) => {
  const { keys } = new ExampleTemplates('delivery', rotationDays ? { rotationDays } : {});

  expect(keys.map(({ Properties }) => Properties!.RotationPeriodInDays)).toEqual([days, days]);
});
