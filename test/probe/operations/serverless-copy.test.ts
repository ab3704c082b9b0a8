import { DESTINATION, run, SCRIPTS, SOURCE } from '../scripted-run';

describe('serverless-copy', () => {
  const NAME = 'kms-probe-test-serverless-copy';

  test('is done to its end: it notes what is listed in the other Region, and deletes its own there too', async () => {
    const lists: Record<string, { snapshotName: string; namespaceName?: string; namespaceArn?: string; status: string }[]> = {
      [SOURCE]: [{ snapshotName: NAME, namespaceName: NAME, status: 'AVAILABLE' }, { snapshotName: 'nightly', namespaceName: 'shop', status: 'AVAILABLE' }],
      [DESTINATION]: [{ snapshotName: `copy-${NAME}`, namespaceArn: 'arn:namespace', status: 'AVAILABLE' }],
    };
    const owned = { workgroup: [NAME, 'shop'], namespace: [NAME, 'shop'], configuration: [NAME, 'shop'] };
    const forget = (of: 'workgroup' | 'namespace' | 'configuration') => (input: any) => {
      owned[of] = owned[of].filter((each) => !Object.values(input).includes(each));
    };
    const { result } = await run('serverless-copy', {
      ...SCRIPTS['serverless-copy'],
      'redshiftServerless.ListSnapshots': (_, region) => ({ snapshots: lists[region] }),
      'redshiftServerless.DeleteSnapshot': ({ snapshotName }, region) => {
        lists[region] = lists[region].filter((snapshot) => snapshot.snapshotName !== snapshotName);
      },
      'redshiftServerless.ListRecoveryPoints': () => ({ recoveryPoints: [{ recoveryPointId: 'of shop', namespaceName: 'shop' }] }),
      'redshiftServerless.ListWorkgroups': () => ({ workgroups: owned.workgroup.map((workgroupName) => ({ workgroupName })) }),
      'redshiftServerless.DeleteWorkgroup': forget('workgroup'),
      'redshiftServerless.ListNamespaces': () => ({ namespaces: owned.namespace.map((namespaceName) => ({ namespaceName })) }),
      'redshiftServerless.DeleteNamespace': (input) => {
        if (owned.workgroup.includes(NAME)) {
          throw Object.assign(new Error('it has a workgroup'), { name: 'ConflictException' });
        }
        forget('namespace')(input);
      },
      'redshiftServerless.ListSnapshotCopyConfigurations': () => ({
        snapshotCopyConfigurations: owned.configuration.map((namespaceName) => ({ namespaceName, snapshotCopyConfigurationId: namespaceName })),
      }),
      'redshiftServerless.DeleteSnapshotCopyConfiguration': forget('configuration'),
    });

    expect(result).toMatchObject({
      left: [],
      notes: [
        'the secret of the namespace is arn:secret',
        `ListSnapshots in ${DESTINATION} has copy-${NAME} of arn:namespace`,
        `ListRecoveryPoints in ${DESTINATION} has nothing`,
      ],
    });
    expect(result.failure).toBeUndefined();
    expect(owned).toEqual({ workgroup: ['shop'], namespace: ['shop'], configuration: ['shop'] });
    expect(Object.values(lists).flat().map(({ snapshotName }) => snapshotName)).toEqual(['nightly']);
  });

  test('notes that no copy is listed, where it gives up', async () => {
    const { result } = await run('serverless-copy', SCRIPTS['serverless-copy']);

    expect(result.failure).toBe(`gave up waiting until ListSnapshots in ${DESTINATION} has the copy`);
    expect(result.notes).toContain(`ListSnapshots in ${DESTINATION} has nothing`);
  });
});
