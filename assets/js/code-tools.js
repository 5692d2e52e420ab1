// Both parts that nearly every deck needs in one file, which spares decks with code a request.
import "./code.js";
import "./tools.js";
