/** What runs by itself, in sentences: each rule with its switch, what it gave, and a dry run. */
import { Alert, Button } from '@mantine/core';
import { IconArrowsExchange, IconBolt, IconPlayerPause, IconPlayerPlay, IconUsersGroup } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { dayTime } from '@/lib/format';
import { EVERYTHING, type Rule, type Rules, useRules, useSwitch } from './queries';
import { RehearsalDialog } from './RehearsalDialog';
import { RuleLine } from './RuleLine';
import s from './Rules.module.css';
import { useTranslation } from './texts';

export function RulesPage() {
  const { t } = useTranslation('automation');
  const rules = useRules();
  const [rehearsed, rehearse] = useState<Rule | null>(null);
  return (
    <>
      <PageHead crumbs={[t('title')]}>
        <Button component={Link} to="/affectation" variant="default" leftSection={<IconUsersGroup size={15} />}>
          {t('assignment.title')}
        </Button>
        {rules.data?.may_switch && (
          <Button component={Link} to="/echanges" variant="default" leftSection={<IconArrowsExchange size={15} />}>
            {t('exchanges.title')}
          </Button>
        )}
        {rules.data?.may_switch && <Hold rules={rules.data} />}
      </PageHead>
      <div className={s.scroll}>
        <p className={s.lead}>{t('lead')}</p>
        <Await query={rules}>
          {(data) => (
            <>
              {data.held && (
                <Alert color="orange" variant="light" role="status" icon={<IconPlayerPause size={16} />}>
                  {t('held', { when: dayTime(data.held.at), who: data.held.by ?? 'Portulan' })}
                </Alert>
              )}
              {data.rules.length === 0 && (
                <Empty icon={<IconBolt size={30} stroke={1.3} />} title={t('empty')}>
                  {t('emptyLead')}
                </Empty>
              )}
              <ol className={s.list}>
                {data.rules.map((rule) => (
                  <RuleLine key={rule.uid} rule={rule} maySwitch={data.may_switch} onRehearse={() => rehearse(rule)} />
                ))}
              </ol>
            </>
          )}
        </Await>
      </div>
      {rehearsed && <RehearsalDialog rule={rehearsed} onClose={() => rehearse(null)} />}
    </>
  );
}
function Hold({ rules }: { rules: Rules }) {
  const { t } = useTranslation('automation');
  const turn = useSwitch();
  const held = rules.held != null;
  return (
    <Button
      variant="default"
      loading={turn.isPending}
      leftSection={held ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
      onClick={() => turn.mutate({ uid: EVERYTHING, on: held })}
    >
      {t(held ? 'release' : 'hold')}
    </Button>
  );
}
