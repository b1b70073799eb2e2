/* Ease for a grid of values. The page is complete without this file: it looks over what was typed on the server. */
"use strict";

function cellAt(grid, row, column) {
  return grid.querySelector(`input[data-row="${row}"][data-column="${column}"]`);
}

/* The next cell to type into in one direction; cells that have their value already are passed over. */
function nextCell(grid, cell, down, across) {
  let row = Number(cell.dataset.row) + down;
  let column = Number(cell.dataset.column) + across;
  const last = { row: -1, column: -1 };
  grid.querySelectorAll("input[data-row]").forEach((each) => {
    last.row = Math.max(last.row, Number(each.dataset.row));
    last.column = Math.max(last.column, Number(each.dataset.column));
  });
  while (row >= 0 && row <= last.row && column >= 0 && column <= last.column) {
    const found = cellAt(grid, row, column);
    if (found) return found;
    row += down;
    column += across;
  }
  return null;
}

/* Arrow keys go from cell to cell, sideways only from the end of what is written; Enter goes down. */
function walkGrid(event) {
  const cell = event.target.closest("[data-grid] input[data-row]");
  if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const atStart = cell.selectionEnd === 0;
  const atEnd = cell.selectionStart === cell.value.length;
  const steps = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0],
    ArrowLeft: atStart ? [0, -1] : null, ArrowRight: atEnd ? [0, 1] : null,
  };
  const step = steps[event.key];
  if (!step) return;
  const grid = cell.closest("[data-grid]");
  let goal = nextCell(grid, cell, step[0], step[1]);
  if (!goal && event.key === "Enter" && !event.shiftKey) {
    /* from the foot of a column to the head of the next one */
    const column = Number(cell.dataset.column) + 1;
    goal = Array.from(grid.querySelectorAll("input[data-row]")).find((each) => Number(each.dataset.column) === column);
  }
  event.preventDefault();
  if (goal) {
    goal.focus();
    goal.select();
  }
}

/* Several cells pasted into one are laid down from there; with heads the server places them by these. */
function pasteIntoGrid(event) {
  const cell = event.target.closest("[data-grid] input[data-row]");
  const text = event.clipboardData ? event.clipboardData.getData("text") : "";
  if (!cell || !/[\t\n]/.test(text.replace(/[\r\n]+$/, ""))) return;
  event.preventDefault();
  const grid = cell.closest("[data-grid]");
  text.replace(/[\r\n]+$/, "").split(/\r\n|\n|\r/).forEach((line, down) => {
    line.split("\t").forEach((value, across) => {
      const goal = cellAt(grid, Number(cell.dataset.row) + down, Number(cell.dataset.column) + across);
      if (goal) {
        goal.value = value.trim();
        markCell(goal);
      }
    });
  });
}

/* A value outside its limits is marked while it is typed; what counts is judged on the server. */
function markCell(cell) {
  const value = Number(cell.value.trim().replace(",", "."));
  const isNumber = cell.value.trim() !== "" && Number.isFinite(value);
  const isOut = isNumber && ((cell.dataset.lower !== undefined && value < Number(cell.dataset.lower))
    || (cell.dataset.upper !== undefined && value > Number(cell.dataset.upper)));
  cell.closest("td").toggleAttribute("data-out", isOut);
  if (isOut) cell.setAttribute("aria-invalid", "true");
  else cell.removeAttribute("aria-invalid");
}

document.addEventListener("keydown", walkGrid);
document.addEventListener("paste", pasteIntoGrid);
document.addEventListener("input", (event) => {
  const cell = event.target.closest("[data-grid] input[data-row]");
  if (cell) markCell(cell);
});
