/** Every address of the product; each room is loaded when it is first opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Link } from '@tanstack/react-router';
import { Button } from '@mantine/core';
import { Empty, Failed, Loading } from '@/design/states';
import { useTranslation } from '@/i18n';
import { Home } from './Home';
import { Shell } from './Shell';

function NotFound() {
  const { t } = useTranslation('app');
  return (
    <Empty
      title={t('state.notFound')}
      action={
        <Button component={Link} to="/" variant="default">
          {t('state.home')}
        </Button>
      }
    />
  );
}
type Search = Record<string, unknown>;
const anySearch = { validateSearch: (search: Search): Search => search };

const root = createRootRoute({ notFoundComponent: NotFound });
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/connexion',
  component: lazyRouteComponent(() => import('./SignIn'), 'SignIn'),
  ...anySearch,
});
const welcomed = createRoute({
  getParentRoute: () => root,
  path: '/bienvenue',
  component: lazyRouteComponent(() => import('@/rooms/people/WelcomePage'), 'WelcomePage'),
  ...anySearch,
});
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Shell });
const parent = { getParentRoute: () => inside };
const maps = () => import('@/rooms/maps/MapsPage');
const irritants = () => import('@/rooms/maps/IrritantsPage');
const words = () => import('@/rooms/pages/GlossaryPage');
const room = () => import('@/rooms/pages/RoomPage');
const map = () => import('@/rooms/maps/MapPage');
const logs = () => import('@/rooms/mining/LogsPage');
const log = () => import('@/rooms/mining/LogPage');
const plan = () => import('@/rooms/blueprint/PlanPage');
const rollout = () => import('@/rooms/brief/RolloutPage');
const grid = () => import('@/rooms/brief/GridPage');
const evaluation = () => import('@/rooms/brief/EvaluationPage');
const brief = () => import('@/rooms/brief/BriefPage');
const rules = () => import('@/rooms/automation/RulesPage');
const assignment = () => import('@/rooms/automation/AssignmentPage');
const exchanges = () => import('@/rooms/automation/ExchangesPage');
const pipeline = () => import('@/rooms/records/PipelinePage');
const list = () => import('@/rooms/records/ListPage');
const record = () => import('@/rooms/records/RecordPage');
const meeting = () => import('@/rooms/records/meeting/MeetingPage');
const people = () => import('@/rooms/people/PeoplePage');
const bin = () => import('@/rooms/records/BinPage');
const duplicates = () => import('@/rooms/records/DuplicatesPage');
const quality = () => import('@/rooms/records/QualityPage');
const imports = () => import('@/rooms/connectors/ImportsPage');
const oneImport = () => import('@/rooms/connectors/ImportPage');
const day = () => import('@/rooms/records/DayPage');
const boards = () => import('@/rooms/measures/BoardsPage');

const tree = root.addChildren([
  signIn,
  welcomed,
  createRoute({ getParentRoute: () => root, path: '/atelier/$token', component: lazyRouteComponent(room, 'RoomPage') }),
  createRoute({
    getParentRoute: () => root,
    path: '/evaluation',
    component: lazyRouteComponent(evaluation, 'EvaluationPage'),
  }),
  inside.addChildren([
    createRoute({ ...parent, path: '/', component: Home }),
    createRoute({ ...parent, ...anySearch, path: '/cartes', component: lazyRouteComponent(maps, 'MapsPage') }),
    createRoute({ ...parent, ...anySearch, path: '/cartes/$id', component: lazyRouteComponent(map, 'MapPage') }),
    createRoute({
      ...parent,
      ...anySearch,
      path: '/irritants',
      component: lazyRouteComponent(irritants, 'IrritantsPage'),
    }),
    createRoute({ ...parent, ...anySearch, path: '/glossaire', component: lazyRouteComponent(words, 'GlossaryPage') }),
    createRoute({ ...parent, ...anySearch, path: '/journaux', component: lazyRouteComponent(logs, 'LogsPage') }),
    createRoute({ ...parent, ...anySearch, path: '/journaux/$id', component: lazyRouteComponent(log, 'LogPage') }),
    createRoute({
      ...parent,
      ...anySearch,
      path: '/pipeline/$pipeline',
      component: lazyRouteComponent(pipeline, 'PipelinePage'),
    }),
    createRoute({ ...parent, ...anySearch, path: '/fiches/$object', component: lazyRouteComponent(list, 'ListPage') }),
    createRoute({
      ...parent,
      ...anySearch,
      path: '/fiches/$object/$id',
      component: lazyRouteComponent(record, 'RecordPage'),
    }),
    createRoute({
      ...parent,
      ...anySearch,
      path: '/fiches/$object/$id/avant',
      component: lazyRouteComponent(meeting, 'MeetingPage'),
    }),
    createRoute({ ...parent, path: '/personnes', component: lazyRouteComponent(people, 'PeoplePage') }),
    createRoute({ ...parent, path: '/corbeille', component: lazyRouteComponent(bin, 'BinPage') }),
    createRoute({
      ...parent,
      ...anySearch,
      path: '/doublons',
      component: lazyRouteComponent(duplicates, 'DuplicatesPage'),
    }),
    createRoute({ ...parent, ...anySearch, path: '/qualite', component: lazyRouteComponent(quality, 'QualityPage') }),
    createRoute({ ...parent, ...anySearch, path: '/imports', component: lazyRouteComponent(imports, 'ImportsPage') }),
    createRoute({
      ...parent,
      ...anySearch,
      path: '/imports/$id',
      component: lazyRouteComponent(oneImport, 'ImportPage'),
    }),
    createRoute({ ...parent, path: '/ma-journee', component: lazyRouteComponent(day, 'DayPage') }),
    createRoute({ ...parent, ...anySearch, path: '/tableaux', component: lazyRouteComponent(boards, 'BoardsPage') }),
    createRoute({ ...parent, ...anySearch, path: '/plan', component: lazyRouteComponent(plan, 'PlanPage') }),
    createRoute({ ...parent, ...anySearch, path: '/cahier', component: lazyRouteComponent(brief, 'BriefPage') }),
    createRoute({
      ...parent,
      ...anySearch,
      path: '/deploiement',
      component: lazyRouteComponent(rollout, 'RolloutPage'),
    }),
    createRoute({ ...parent, ...anySearch, path: '/grille', component: lazyRouteComponent(grid, 'GridPage') }),
    createRoute({ ...parent, path: '/affectation', component: lazyRouteComponent(assignment, 'AssignmentPage') }),
    createRoute({ ...parent, path: '/echanges', component: lazyRouteComponent(exchanges, 'ExchangesPage') }),
    createRoute({ ...parent, ...anySearch, path: '/regles', component: lazyRouteComponent(rules, 'RulesPage') }),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading />,
  defaultErrorComponent: ({ error, reset }) => <Failed error={error} onRetry={reset} />,
});
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
