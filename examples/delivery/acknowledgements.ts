import { type Acknowledgement, inPacks } from '../acknowledge-findings';

const wildcards = (...findings: string[]) => findings.map((finding) => `AwsSolutions-IAM5[${finding}]`);
const READS = ['Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*'];
const WRITES = ['Action::s3:Abort*', 'Action::s3:DeleteObject*'];
const PAGES = 'Resource::{"Fn::GetStackOutput":{"StackName":"DeliverySite","Region":"us-east-1","OutputName":"PublishOutputFnGetAttPages127DFD1AArnA1C20C2A"}}/*';

/** What cdk-nag finds and stays as it is. */
export const ACKNOWLEDGEMENTS: Acknowledgement[] = [
  {
    at: ['DeliveryPipeline', 'DeliveryPeople', 'DeliveryWorkload'],
    rules: inPacks('IAMNoInlinePolicy'),
    reason: 'Each policy is for one role alone, and goes with it.',
  },
  {
    at: ['DeliveryPipeline/Artifacts/Default', 'DeliveryPipeline/Artifacts/AccessLogs', 'DeliverySite/Pages/Default', 'DeliverySite/Pages/AccessLogs'],
    rules: inPacks('S3BucketReplicationEnabled'),
    reason: 'What is built can be built again in another Region; versions keep what is overwritten or deleted.',
  },
  {
    at: ['DeliveryKeys/Site'],
    rules: ['Annotation::@aws-cdk/aws-cloudfront-origins:wildcardKeyPolicyForOac'],
    reason: 'The key lets in the distributions of its account only, and the policy of the bucket one of them.',
  },
  {
    at: ['DeliverySite/Distribution'],
    rules: ['AwsSolutions-CFR1', 'AwsSolutions-CFR2'],
    reason: 'The pages are for everybody, everywhere, and take no input.',
  },
  {
    at: ['DeliverySite/Distribution'],
    rules: ['AwsSolutions-CFR3'],
    reason: 'The access logs of the bucket tell what is read; who visits a page is not recorded.',
  },
  {
    at: ['DeliverySite/Distribution'],
    rules: ['AwsSolutions-CFR4'],
    reason: 'The name that Amazon CloudFront gives takes no other certificate; with a domain name of your own, give yours.',
  },
  {
    at: ['DeliveryPipeline/Build'],
    rules: ['HIPAA.Security-CodeBuildProjectSourceRepoUrl', 'PCI.DSS.321-CodeBuildProjectSourceRepoUrl'],
    reason: 'The source comes from the pipeline, which reads it through the connection.',
  },
  {
    at: ['DeliveryPipeline'],
    rules: wildcards(...READS, ...WRITES, 'Resource::<Artifacts82DD59A1.Arn>/*'),
    reason: 'AWS CodePipeline names the artifacts that the actions hand on.',
  },
  {
    at: ['DeliveryPipeline/Pipeline/Deploy/Site', 'DeliveryPeople/Editor'],
    rules: wildcards(PAGES),
    reason: 'The pages have the names that the web site gives them.',
  },
  {
    at: ['DeliveryPipeline/Pipeline/Approve'],
    rules: wildcards('Action::kms:GenerateDataKey*'),
    reason: 'The use of the key is fenced by kms:ViaService.',
  },
  {
    at: ['DeliveryPipeline/Build'],
    rules: wildcards('Resource::*', 'Resource::arn:aws:codebuild:us-east-1:123456789012:report-group/<Build45A36621>-*',
      'Resource::arn:aws:logs:us-east-1:123456789012:log-group:/aws/codebuild/<Build45A36621>:*'),
    reason: 'An authorization token of Amazon ECR is of no resource, and the reports and logs are those of this project.',
  },
  {
    at: ['DeliveryWorkload'],
    rules: wildcards(...READS, 'Resource::arn:aws:s3:::delivery-artifacts-123456789012-us-east-1/*'),
    reason: 'AWS CodePipeline names the artifacts that are deployed.',
  },
  {
    at: ['DeliveryWorkload/Deployer'],
    rules: wildcards('Action::cloudformation:DescribeStack*', 'Action::cloudformation:GetTemplate*',
      'Resource::arn:aws:cloudformation:us-east-1:210987654321:stack/Storefront/*'),
    reason: 'The ARN of a stack ends in an id that AWS CloudFormation makes up.',
  },
  {
    at: ['DeliveryPeople/Editor'],
    rules: wildcards(...READS, ...WRITES),
    reason: 'The editor reads, changes and deletes all pages, with their tags and versions.',
  },
  {
    at: ['DeliveryPeople/Developer'],
    rules: wildcards('Resource::*'),
    reason: 'An authorization token of Amazon ECR is of no resource.',
  },
];
