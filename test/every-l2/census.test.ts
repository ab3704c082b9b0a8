import { EXEMPTIONS } from './exemptions';
import { TAKERS } from './takers';
import { keyPositions } from '../support/key-positions';

const tried = new Set(TAKERS.flatMap(({ takes }) => takes));
const newest = keyPositions('aws-cdk-lib-newest');

test('every place where the newest aws-cdk-lib takes a key is tried, or exempt for a reason', () => {
  expect(newest.filter((position) => !tried.has(position) && !EXEMPTIONS[position])).toEqual([]);
});

test('what is tried or exempt is in the newest aws-cdk-lib', () => {
  expect([...tried, ...Object.keys(EXEMPTIONS)].filter((position) => !newest.includes(position))).toEqual([]);
});

test('nothing is both tried and exempt', () => {
  expect(Object.keys(EXEMPTIONS).filter((position) => tried.has(position))).toEqual([]);
});

test('L2s are told apart by their names', () => {
  const names = TAKERS.map(({ l2 }) => l2);
  expect(names).toEqual([...new Set(names)]);
});
