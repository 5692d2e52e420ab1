// The options of decksd, read off its --help.

// Lines such as `  -p, --port N            TCP port to listen on; 0 takes a free one [8080]`.
const LINE =
  /^ {2,}(?:-(?<letter>\w), )?\s*--(?<name>[a-z-]+)(?: (?<argument>[A-Z]+))? +(?<help>.*?)(?: \[(?<standard>.*)\])?$/;

// Lines such as `      pdf DECK            print a deck, by an installed Chromium`.
const COMMAND = /^ {6}(?<name>[a-z]+) [A-Z]+ +(?<help>.*)$/;

export const parseCommands = (help) =>
  help
    .split("\n")
    .map((line) => COMMAND.exec(line)?.groups)
    .filter(Boolean);

export function parseOptions(help) {
  const options = help
    .split("\n")
    .map((line) => LINE.exec(line)?.groups)
    .filter(Boolean);
  if (!options.length) throw new Error("decksd --help shows no options");
  return options;
}

// What is said of one command only begins with its name.
const sentence = (text) => `${/^\w+:/.test(text) ? text[0] : text[0].toUpperCase()}${text.slice(1)}.`;

/** The items of a list in mdoc(7). */
export function optionList(options) {
  return options
    .map(({ letter, name, argument, help, standard }) => {
      const flags = `${letter ? `Fl ${letter} , ` : ""}Fl \\-${name}${argument ? ` Ar ${argument}` : ""}`;
      return `.It ${flags}\n${sentence(help)}\n${standard ? `The default is\n.Ql ${standard} .\n` : ""}`;
    })
    .join("");
}
