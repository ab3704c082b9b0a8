import { OPERATIONS } from './operations';
import { UNCONFIRMED } from './unconfirmed';
import { KmsService } from '../../src';

const links = Object.entries(UNCONFIRMED).flatMap(([id, facts]) => facts.map(({ fact, answer }) => ({ id, fact, answer })));

test('every fact that no page confirms is shown by an operation of the probe, or said to be unprovable', () => {
  const sentences = KmsService.all().flatMap(({ id, facts }) => (facts.unconfirmed ?? []).map((sentence) => ({ id, sentence })));
  const unanswered = sentences.filter(({ id, sentence }) => links.filter((link) => link.id === id && sentence.includes(link.fact)).length !== 1);

  expect(unanswered).toEqual([]); // Add it to test/probe/unconfirmed.ts, by words that it alone has.
});

test.each(links)('$id: "$fact" is a fact of the catalogue still', ({ id, fact }) => {
  const service = KmsService.all().find((each) => each.id === id);

  expect(service?.facts.unconfirmed?.filter((sentence) => sentence.includes(fact))).toHaveLength(1);
});

test('an answer names operations whose keys are handed to the service, or a reason', () => {
  const isOf = (id: string, name: string) => OPERATIONS.find((operation) => operation.name === name)?.services.some((service) => service.id === id);
  const wrong = links.filter(({ id, answer }) => 'unprovable' in answer
    ? answer.unprovable.length < 20
    : answer.by.length === 0 || answer.by.some((name) => !isOf(id, name)));

  expect(wrong).toEqual([]);
});
