import { Stack } from 'aws-cdk-lib';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type QueriedLogs, type Query, queries } from './queries.ts';
import type { Watched } from './watched.ts';

/** The queries of `queries.ts` in the console of CloudWatch Logs Insights, in a folder of the stack's name. */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const groups = logGroups(watched);
    for (const query of queries) this.#save(query, groups);
  }

  #save({ question, over, text }: Query, groups: Record<QueriedLogs, string[]>): void {
    new CfnQueryDefinition(this, question.replace(/\W+/g, ''), {
      name: `${Stack.of(this).stackName}/${question}`,
      logGroupNames: groups[over],
      queryString: text,
    });
  }
}

function logGroups({ functions, contentApi, previewApi, editorialApi }: Watched): Record<QueriedLogs, string[]> {
  const ofFunctions = Object.values(functions.byId).map(({ lambda }) => lambda.logGroup.logGroupName);
  const editorialAccess = [editorialApi.accessLogs.logGroupName];
  const access = [...[contentApi, previewApi].map((api) => api.accessLogs.logGroupName), ...editorialAccess];
  return { everything: [...access, ...ofFunctions], functions: ofFunctions, access, editorialAccess };
}
