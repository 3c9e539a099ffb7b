/** What bears the colour that people here gave it, or none. */
import type { ReactNode } from 'react';
import type { Tint } from '@/client/schema';

export const Tinted = ({ colour, children }: { colour: Tint | null | undefined; children: ReactNode }) =>
  colour ? <span data-tint={colour}>{children}</span> : children;
