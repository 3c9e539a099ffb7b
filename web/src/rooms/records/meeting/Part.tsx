/** A part of the sheet before a meeting, and a link to another record it speaks of. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import s from './Meeting.module.css';
import type { Other } from './sheet';

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={s.part} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
export function Named({ other }: { other: Other }) {
  return (
    <Link to="/fiches/$object/$id" params={{ object: other.object, id: String(other.id) }}>
      {other.title || `#${other.id}`}
    </Link>
  );
}
