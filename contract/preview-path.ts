/** Where working copies are previewed: whoever makes a link has to know, beside whoever serves it. */
export const previewsPath = '/preview/v1';

export const previewPath = (token: string): string => `${previewsPath}/${token}`;
