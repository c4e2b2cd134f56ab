import { checkLabelledSets } from "../../support/labelled-sets.js";

checkLabelledSets("secrets");
