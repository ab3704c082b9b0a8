import { isRegionName } from '../../src/private/region-name';

test.each(['eu-west-1', 'ap-southeast-2', 'us-gov-west-1', 'cn-northwest-1', 'eusc-de-east-1', 'us-isob-east-1'])('%s is the name of a Region', (region) => {
  expect(isRegionName(region)).toBe(true);
});

test.each(['', 'Sydney', 'eu-west', 'EU-WEST-1', 'eu-west-1a', 'arn:aws:kms:eu-west-1'])('\'%s\' is not', (text) => {
  expect(isRegionName(text)).toBe(false);
});
