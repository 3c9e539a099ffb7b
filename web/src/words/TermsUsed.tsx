/** The words of the glossary that some texts use: underlined, their meaning on hover or focus. */
import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { used, useKnownTerms } from './queries';
import s from './Words.module.css';

export function TermsUsed({ label, texts }: { label: string; texts: readonly string[] }) {
  const terms = useKnownTerms();
  const found = useMemo(() => used(terms, texts), [terms, texts]);
  if (found.length === 0) return null;
  return (
    <p className={s.used}>
      {label}{' '}
      {found.map((each) => (
        <Tooltip
          key={each.id}
          multiline
          w={260}
          events={{ hover: true, focus: true, touch: true }}
          label={[each.team, each.definition].filter(Boolean).join(' – ')}
        >
          <Link
            to={'/glossaire' as never}
            search={{ mots: each.word } as never}
            data-conflict={each.rivals.length > 0 || undefined}
          >
            {each.word}
          </Link>
        </Tooltip>
      ))}
    </p>
  );
}
