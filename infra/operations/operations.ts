import { Construct } from 'constructs';
import { alarmRows } from './alarm-rows.ts';
import { Alarms } from './alarms.ts';
import { NewsroomDashboard } from './dashboard.ts';
import { SavedQueries } from './saved-queries.ts';
import type { Watched } from './watched.ts';

/** What whoever is on call has: alarms, a dashboard and saved queries. docs/runbook.md says what to do with each. */
export class Operations extends Construct {
  readonly alarms: Alarms;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { settings } = watched;
    const rows = alarmRows(watched);
    this.alarms = new Alarms(this, 'Alarms', { rows, settings });
    new NewsroomDashboard(this, 'Dashboard', { watched, rows, alarms: this.alarms.all });
    if (!settings.leavesOut.includes('savedQueries')) new SavedQueries(this, 'Queries', watched);
  }
}
