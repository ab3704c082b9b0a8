import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { KmsCall, kmsCallsIn } from './kms-call';
import { RegionClients } from './region-clients';

export interface Waiting {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly say: (line: string) => void;
}

const MINUTE = 60_000;
/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html: events come within minutes, two requests a second are answered. */
const AT_LEAST = 15 * MINUTE;
const QUIET = 5 * MINUTE;
const BETWEEN_PAGES = 600;

/** The calls with these keys that AWS CloudTrail recorded since then, once no more come, or when it is too late. */
export async function recordedCalls(
  regions: readonly RegionClients[], keys: ReadonlySet<string>, since: number, until: number, waiting: Waiting,
): Promise<KmsCall[]> {
  const { now, sleep, say } = waiting;
  const records = new Map<string, any>();
  const earliest = now() + AT_LEAST;
  let lastNews = now();
  for (;;) {
    const before = records.size;
    for (const aws of regions) {
      await readInto(records, aws, keys, since, until, waiting);
    }
    lastNews = records.size > before ? now() : lastNews;
    say(`AWS CloudTrail: ${records.size} calls with the keys of the probe so far`);
    if (now() >= until || (now() >= earliest && now() - lastNews >= QUIET)) {
      return [...records.values()].flatMap(kmsCallsIn).filter(({ key }) => keys.has(key)).filter(isOfService);
    }
    await sleep(MINUTE);
  }
}

/** The calls of the probe itself, such as `CreateKey`, come through no service and by no role that it made. */
function isOfService({ byService, via, principal }: KmsCall): boolean {
  return byService || via !== undefined || principal.includes('/kms-probe');
}

async function readInto(
  records: Map<string, any>, aws: RegionClients, keys: ReadonlySet<string>, since: number, until: number, { now, sleep }: Waiting,
): Promise<void> {
  let NextToken: string | undefined;
  do {
    const page = await aws.cloudTrail.send(new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'kms.amazonaws.com' }], StartTime: new Date(since), MaxResults: 50, NextToken,
    }));
    for (const { EventId, CloudTrailEvent } of page.Events ?? []) {
      if ([...keys].some((key) => CloudTrailEvent?.includes(key))) {
        records.set(EventId!, JSON.parse(CloudTrailEvent!));
      }
    }
    NextToken = page.NextToken;
    await sleep(BETWEEN_PAGES);
  } while (NextToken && now() < until);
}
