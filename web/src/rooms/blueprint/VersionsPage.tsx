import { Loading } from '@/design/states';

export const VersionsPage = () => <Loading />;
