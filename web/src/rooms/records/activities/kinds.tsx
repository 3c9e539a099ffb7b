/** What each kind of activity looks like. */
import { IconCheckbox, IconMail, IconNote, IconPhone, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Kind } from './queries';

const ICON = { size: 15, stroke: 1.7 } as const;
export const ICONS: Record<Kind, ReactNode> = {
  call: <IconPhone {...ICON} />,
  email: <IconMail {...ICON} />,
  meeting: <IconUsers {...ICON} />,
  task: <IconCheckbox {...ICON} />,
  note: <IconNote {...ICON} />,
};
