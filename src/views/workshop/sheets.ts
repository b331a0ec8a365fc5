/** @file The sheets of the workshop's menus: their code comes when they are opened, or when the page has nothing else to do. */
export const sheets = {
  files: () => import('../bar/ExportList.svelte'),
  device: () => import('../bar/DeviceSheet.svelte'),
};

/** What does not come now is asked for again when it is opened, and said then. */
export async function preloadSheets(): Promise<void> {
  await Promise.allSettled([sheets.files(), sheets.device()]);
}
