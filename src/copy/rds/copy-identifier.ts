import { createHash } from 'node:crypto';

/** What Amazon RDS takes for a snapshot of a DB instance; that of a cluster may have 63 characters. */
const LONGEST = 255;
const LONGEST_OF_CLUSTER = 63;
/** `-`, a letter and eight digits. */
const SUFFIX = 10;
/** Milliseconds of a date, until the year 2286. */
const MILLIS = 13;

/**
 * The identifiers of copies of Amazon RDS snapshots: the same snapshot gets the same one each time, so that Amazon RDS refuses a second copy.
 *
 * They have letters, digits and single hyphens only. That of `rds:ledger-2026-11-28-05-10` is `ledger-2026-11-28-05-10-a1b2c3d4e`: the automated snapshots have `a`
 * before the digits that tell which construct copies, the others `m`. Where that is too long, it is the end of the name with the time of the snapshot.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CopyDBClusterSnapshot.html
 */
export class CopyIdentifier {
  /** Which construct copies. */
  private readonly digits: string;

  constructor(address: string) {
    this.digits = createHash('sha256').update(address).digest('hex').slice(0, SUFFIX - 2);
  }

  /** The ends of all of them. */
  public get ends(): string[] {
    return ['a', 'm'].map((letter) => `-${letter}${this.digits}`);
  }

  /** JSONata: that of the copy. @param snapshot JSONata: the ARN of the snapshot @param made JSONata: when it was made */
  public of(snapshot: string, made: string): string {
    const tail = LONGEST_OF_CLUSTER - 'copy-'.length - MILLIS - 1 - SUFFIX;
    return `($name := $substringAfter(${snapshot}, 'snapshot:'); $automated := $contains($name, /^rds:/); `
      + '$plain := $replace($automated ? $substringAfter($name, \'rds:\') : $name, \':\', \'-\'); '
      + `$longest := $contains(${snapshot}, ':cluster-snapshot:') ? ${LONGEST_OF_CLUSTER} : ${LONGEST}; `
      + `$short := $length($plain) + ${SUFFIX} <= $longest ? $plain : 'copy-' & $replace($substring($plain, -${tail}), /^-+/, '') & '-' & $toMillis(${made}); `
      + `$short & '-' & ($automated ? 'a' : 'm') & '${this.digits}')`;
  }

  /** JSONata: the name of the snapshot, of an identifier that was not too long. */
  public nameOf(identifier: string): string {
    return `($plain := $substring(${identifier}, 0, $length(${identifier}) - ${SUFFIX}); `
      + `$substring(${identifier}, -${SUFFIX - 1}, 1) = 'a' ? 'rds:' & $plain : $plain)`;
  }
}
