/** What a vendor fills in by its link: each question with its proof. No account, and nothing of anybody else. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '@/client/problem';
import { Empty, Loading } from '@/design/states';
import { Badge, Rose } from '@/design/ui';
import { day } from '@/lib/format';
import { Answer } from './Answer';
import s from './Grid.module.css';
import { guest, type Question, THEMES, useSheet } from './grids';
import { useTranslation } from './texts';

export function EvaluationPage() {
  const { t } = useTranslation('brief');
  const [token] = useState(() => location.hash.slice(1));
  const sheet = useSheet(token);
  if (sheet.isPending) return <Loading />;
  if (!sheet.data)
    return (
      <main className={s.page}>
        <h1 className="sr">{t('guest.page')}</h1>
        <Empty title={t('guest.over')}>{asProblem(sheet.error).message}</Empty>
      </main>
    );
  const { title, vendor, ends_at, questions } = sheet.data;
  const answered = questions.filter((each) => each.score !== null || each.settled).length;
  return (
    <main className={s.page}>
      <header className={s.head}>
        <Rose size={28} />
        <div>
          <h1>{t('guest.title', { vendor, title })}</h1>
          <p>{t('guest.until', { day: day(ends_at) })}</p>
        </div>
      </header>
      <p>{t('guest.lead')}</p>
      <p role="status">{t('guest.done', { done: answered, count: questions.length })}</p>
      <progress className={s.progress} value={answered} max={questions.length} aria-label={t('guest.progress')} />
      {THEMES.map((theme) => {
        const asked = questions.filter((each) => each.theme === theme);
        return (
          asked.length > 0 && (
            <section key={theme}>
              <h2>{t(`theme.${theme}`)}</h2>
              {asked.map((each) => (
                <Asked key={each.id} token={token} question={each} />
              ))}
            </section>
          )
        );
      })}
    </main>
  );
}
function Asked({ token, question }: { token: string; question: Question }) {
  const { t } = useTranslation('brief');
  const queries = useQueryClient();
  const then = async (act: Promise<unknown>) => {
    await act;
    await queries.invalidateQueries({ queryKey: ['evaluation'] });
  };
  return (
    <details className={s.question}>
      <summary>
        <span>{question.label}</span>
        {question.settled ? (
          <Badge>{t('guest.settled')}</Badge>
        ) : (
          <Badge tone={question.score === null ? 'amber' : 'green'}>
            {question.score === null ? t('guest.toAnswer') : t(`grid.points.${question.score}`)}
          </Badge>
        )}
      </summary>
      <p className={s.detail}>{question.detail}</p>
      {question.settled ? (
        <p>{t('guest.settledLead')}</p>
      ) : (
        <Answer
          known={question}
          onFile={(file) => then(guest.prove(token, question.id, file))}
          onSave={(score) => then(guest.answer(token, question.id, score))}
        />
      )}
    </details>
  );
}
