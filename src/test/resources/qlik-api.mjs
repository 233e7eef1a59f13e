// What a program does with Qlik's own client library: it knows a host and an API key, and nothing of the bridge.
import { createQlikApi } from "@qlik/api";

const { items, users } = createQlikApi({
  hostConfig: { authType: "apikey", host: process.env.QLIK_HOST, apiKey: process.env.QLIK_API_KEY },
});

const names = [];
let page = await items.getItems({ resourceType: "app", sort: "+name", limit: 2 });
let pages = 1;
names.push(...page.data.data.map((item) => item.name));
while (page.next) {
  page = await page.next();
  pages++;
  names.push(...page.data.data.map((item) => item.name));
}
const me = await users.getMyUser();

console.log(JSON.stringify({ names, pages, subject: me.data.subject, self: me.data.links.self.href }));
