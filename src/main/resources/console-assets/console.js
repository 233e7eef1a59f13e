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

// a page that the browser has kept is asked for anew: it may have been left by signing out
addEventListener("pageshow", (event) => {
    if (event.persisted) {
        location.reload();
    }
});
