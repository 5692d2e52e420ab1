// What shells offer behind `decksd -`, made from its options.

const DIRECTORIES = ["DIR", "DECK"];
const FILES = ["FILE"];
const HEADER = "# Completion for decksd, made from its --help.\n";
const spellings = ({ letter, name }) => [...(letter ? [`-${letter}`] : []), `--${name}`];
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const kindOf = ({ argument }) =>
  DIRECTORIES.includes(argument) ? "directory" : FILES.includes(argument) ? "file" : argument ? "text" : null;

export function bash(options, commands) {
  const taking = (kind) =>
    options
      .filter((option) => kindOf(option) === kind)
      .flatMap(spellings)
      .join("|");
  const words = [...commands.map(({ name }) => name), ...options.flatMap(spellings)];
  const directories = [...commands.map(({ name }) => name), taking("directory")].join("|");
  return `${HEADER}
_decksd() {
    local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
    COMPREPLY=()
    case $previous in
        ${directories}) compopt -o filenames && mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
        ${taking("file")}) compopt -o filenames && mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
        ${taking("text")}) ;;
        *) mapfile -t COMPREPLY < <(compgen -W ${quote(words.join(" "))} -- "$current") ;;
    esac
}
complete -F _decksd decksd
`;
}

export function zsh(options, commands) {
  const action = { directory: ":_files -/", file: ":_files", text: ":" };
  const plain = (text) => text.replace(/[[\]:\\]/g, "\\$&");
  const specs = options.map((option) => {
    const { letter, name, argument, help } = option;
    const value = argument ? `:${argument.toLowerCase()}${action[kindOf(option)]}` : "";
    const both = letter ? `(-${letter} --${name})` : "";
    const spelled = letter
      ? `'{-${letter}${argument ? "+" : ""},--${name}${argument ? "=" : ""}}'`
      : `--${name}${argument ? "=" : ""}`;
    return `    '${both}${spelled}[${plain(help).replaceAll("'", "'\\''")}]${value}'`;
  });
  specs.push(`    '1:command:(${commands.map(({ name }) => name).join(" ")})'`, "    '2:deck:_files -/'");
  return `#compdef decksd\n${HEADER}\n_arguments -s \\\n${specs.join(" \\\n")}\n`;
}

export function fish(options, commands) {
  const extra = { directory: " -x -a '(__fish_complete_directories)'", file: " -r -F", text: " -x" };
  const lines = options.map((option) => {
    const { letter, name, help } = option;
    return `complete -c decksd${letter ? ` -s ${letter}` : ""} -l ${name}${extra[kindOf(option)] ?? ""} -d ${quote(help).replaceAll("'\\''", "\\'")}`;
  });
  for (const { name, help } of commands) {
    lines.push(`complete -c decksd -n __fish_use_subcommand -a ${name} -d ${quote(help)}`);
    lines.push(`complete -c decksd -n '__fish_seen_subcommand_from ${name}' -a '(__fish_complete_directories)'`);
  }
  return `${HEADER}complete -c decksd -f\n${lines.join("\n")}\n`;
}
