/**
 * Which database the Data API is granted for, and as whom.
 */
export interface RedshiftDataApiOptions {
  /**
   * The database; `*` for all of them.
   *
   * @default - the one that was made with the cluster
   */
  readonly database?: string;

  /**
   * The user of the database, which exists there.
   *
   * @default - a user for the IAM identity itself, such as `IAMR:analyst` for a role, made at its first call with no permissions of its own
   * @see https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentialsWithIAM.html
   */
  readonly databaseUser?: string;
}
