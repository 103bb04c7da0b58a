export const fixture = `
<nitf><body><body.content><p>A goose.</p></body.content></body></nitf>`;
