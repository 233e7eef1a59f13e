// Comfort alone: every page works without it.
"use strict";

// "Copy" takes the text beside it
function offerCopies(root) {
    if (!navigator.clipboard) {
        return;
    }
    root.querySelectorAll("button[data-copy]").forEach((button) => {
        button.hidden = false;
    });
}

document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-copy]");
    if (!button) {
        return;
    }
    const code = button.closest(".value").querySelector("code");
    navigator.clipboard.writeText(code.textContent).then(() => {
        const said = document.getElementById("said") || announce();
        said.textContent = "";
        said.textContent = button.dataset.said;
        button.classList.add("copied");
        setTimeout(() => button.classList.remove("copied"), 1500);
    }, () => {
        const range = document.createRange();
        range.selectNodeContents(code);
        const selection = getSelection();
        selection.removeAllRanges();
        selection.addRange(range);
    });
});

function announce() {
    const said = document.createElement("p");
    said.id = "said";
    said.className = "said";
    said.setAttribute("role", "status");
    document.body.append(said);
    return said;
}

offerCopies(document);
document.addEventListener("htmx:afterSettle", (event) => offerCopies(event.target));

// a refused form comes back with its errors, as 422
document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) {
        event.detail.shouldSwap = true;
        event.detail.isError = false;
    }
});

// a secret goes with the page that showed it, also where the browser keeps the page for its back button
addEventListener("pagehide", () => document.querySelectorAll(".once code").forEach((code) => code.replaceChildren()));

// a page that the browser has kept is asked for anew: it may have been left by signing out
addEventListener("pageshow", (event) => {
    if (event.persisted) {
        location.reload();
    }
});
