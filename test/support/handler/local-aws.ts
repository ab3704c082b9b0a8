import { FaultyEndpoint } from './faulty-endpoint';
import { CREDENTIALS } from '../../deploy/local-environment';

/** The local AWS endpoint of the tests, as the functions of custom resources find it in their environment. */
export async function startLocalAws(region: string): Promise<FaultyEndpoint> {
  const endpoint = await FaultyEndpoint.start(Number(process.env.MOTO_PORT));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  });
  return endpoint;
}

/** Not through the faulty endpoint: what the tests look at must be true. */
export function trueAws(region: string) {
  return { region, credentials: CREDENTIALS, endpoint: `http://127.0.0.1:${process.env.MOTO_PORT}` };
}
