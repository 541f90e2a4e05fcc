import { Aws, Stack } from 'aws-cdk-lib';
import { type Alarm, AlarmStatusWidget, Dashboard, type IWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmRow } from './alarm-rows.ts';
import type { Watched } from './watched.ts';
import {
  capacityWidgets,
  clockWidgets,
  edgeWidgets,
  functionWidgets,
  latencyWidgets,
  reactionWidgets,
  servedWidgets,
} from './widgets.ts';

export type NewsroomDashboardProps = {
  watched: Watched;
  rows: readonly AlarmRow[];
  alarms: readonly Alarm[];
};

/**
 * Are readers served, can editors publish, and if not, what is wrong, and does the clock run: one row a question. An account has three dashboards
 * of up to 50 metrics each for nothing; a test counts ours.
 */
export class NewsroomDashboard extends Construct {
  constructor(scope: Construct, id: string, props: NewsroomDashboardProps) {
    super(scope, id);
    const { watched, alarms } = props;
    new Dashboard(this, 'Dashboard', {
      // Dashboards of all Regions of an account share their names.
      dashboardName: `${Stack.of(this).stackName}-${Aws.REGION}`,
      widgets: [
        [titleWidget(Stack.of(this).stackName, props), ...servedWidgets(watched)],
        [alarmsWidget(alarms), ...latencyWidgets(watched)],
        functionWidgets(watched),
        capacityWidgets(watched),
        [...reactionWidgets(watched), ...edgeWidgets(watched)],
        clockWidgets(watched),
      ],
    });
  }
}

function titleWidget(stackName: string, { watched, rows }: NewsroomDashboardProps): IWidget {
  const { publication, alarms } = watched.settings;
  const sections = [...new Set(rows.map((row) => row.runbook))];
  const links = sections.map((section) => `[${section}](${alarms.runbookUrl}#${section})`);
  return new TextWidget({
    markdown: `# ${publication.name}\n${stackName}\n\nRunbook: ${links.join(' · ')}`,
    width: 6,
    height: 6,
  });
}

function alarmsWidget(alarms: readonly Alarm[]): IWidget {
  return new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 6, height: 6 });
}
