import * as z from 'zod/mini';
import { calendarDate, list, text } from './text.ts';

/** Where and when a story was filed, and by whom. `text` is the line as printed: `Nur-Sultan/Moscow Jan 6 (EFE).-`. */
export const datelineSchema = z
  .strictObject({
    places: list(text({ max: 80 }), 4).check(z.minLength(1, 'must name at least one place')),
    date: z.nullable(calendarDate),
    agency: z.nullable(text({ max: 80 })),
    text: text({ max: 500 }),
  })
  .register(z.globalRegistry, { id: 'Dateline' });

export type Dateline = z.infer<typeof datelineSchema>;
