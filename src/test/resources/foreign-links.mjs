// Where each text in each document leads, as a browser takes it: standard input has [{ base, body }], the answer is, for
// each of them, the texts that lead to another origin or out of the folder /qlik/{connection}/ of the base.
let input = "";
for await (const piece of process.stdin) {
  input += piece;
}

function* texts(value) {
  if (typeof value === "string") {
    yield value;
  } else if (value !== null && typeof value === "object") {
    for (const member of Object.values(value)) {
      yield* texts(member);
    }
  }
}

const astray = JSON.parse(input).map(({ base, body }) => {
  const home = new URL(base);
  const folder = home.pathname.split("/").slice(0, 3).join("/") + "/";
  return [...texts(JSON.parse(body.replace(/^\ufeff/, "")))].filter((text) => {
    for (const against of [base, undefined]) {
      let url;
      try {
        url = new URL(text, against);
      } catch {
        continue; // nothing a client could follow
      }
      const below = url.pathname.toLowerCase().replaceAll("%2f", "/").replaceAll("%5c", "/").replaceAll("%2e", ".");
      if (url.origin !== home.origin || !url.pathname.startsWith(folder) || below.includes("/../")) {
        return true;
      }
    }
    return false;
  });
});
console.log(JSON.stringify(astray));
