/** Who else draws on the map now, where they point and what they hold. */
import { useEffect, useState } from 'react';
import type { Channel } from './channel';

export interface Somebody {
  key: number;
  name: string;
  initials: string;
  hue: number;
  at: { x: number; y: number } | null;
  selected: string[];
}
interface Told {
  user?: { name: string; initials: string; hue: number };
  at?: { x: number; y: number } | null;
  selected?: string[];
}
export function usePeople(channel: Channel | null): Somebody[] {
  const [people, setPeople] = useState<Somebody[]>([]);
  useEffect(() => {
    if (!channel) return;
    const look = () => {
      const found: Somebody[] = [];
      channel.people.getStates().forEach((state, key) => {
        const { user, at, selected } = state as Told;
        if (key !== channel.people.clientID && user)
          found.push({ key, ...user, at: at ?? null, selected: selected ?? [] });
      });
      setPeople((known) => (known.length || found.length ? found : known));
    };
    channel.people.on('change', look);
    look();
    return () => channel.people.off('change', look);
  }, [channel]);
  return people;
}
