/** A table that may be wider than the screen: scrolled by keyboard even when nothing in it takes the focus. */
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  least: number;
  className?: string | undefined;
  children: ReactNode;
}
export function Wide({ least, className, children }: Props) {
  return (
    <Table.ScrollContainer
      minWidth={least}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      {...(className ? { className } : {})}
    >
      {children}
    </Table.ScrollContainer>
  );
}
