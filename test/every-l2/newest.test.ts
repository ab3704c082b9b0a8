import { NEWEST } from './newest';
import { takesAKey } from './takes-a-key';
import { presentIn } from '../support/key-positions';

takesAKey(NEWEST);

test('L2s of the newest aws-cdk-lib are tried where it has them', () => {
  expect(NEWEST.filter(({ takes }) => !takes.every(presentIn('aws-cdk-lib-newest')))).toEqual([]);
});
