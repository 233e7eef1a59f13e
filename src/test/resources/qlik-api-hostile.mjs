// What Qlik's own client library asks for when each answer wants it to go elsewhere.
import { createQlikApi } from "@qlik/api";

const asked = [];
const fetching = globalThis.fetch;
globalThis.fetch = (url, options) => {
  asked.push(String(url?.url ?? url));
  return fetching(url, options);
};

const { items, users, spaces } = createQlikApi({
  hostConfig: { authType: "apikey", host: process.env.QLIK_HOST, apiKey: process.env.QLIK_API_KEY },
});

const follow = async (call) => {
  try {
    const page = await call();
    await page?.next?.().catch(() => {});
    await page?.prev?.().catch(() => {});
  } catch {
    // refused, or no address
  }
};
for (let number = 0; number < Number(process.env.CASES); number++) {
  await follow(() => items.getItems({ name: `case ${number}` }));
}
await follow(() => users.getMyUser());
await follow(() => spaces.getSpaces());

console.log(JSON.stringify(asked));
