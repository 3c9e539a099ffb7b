import { Loading } from '@/design/states';

export const MapPage = () => <Loading />;
