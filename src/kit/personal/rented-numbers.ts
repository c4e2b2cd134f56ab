import { oncePerPart } from "../../base/once-per.js";
import type { ProjectModel } from "../../model/project-model.js";
import { type Exposure, keyOf } from "./exposure.js";
import { namesIn } from "../routes/handlers.js";

/** How the numbers are called that an application rents from a service to be called on, and what is done with them. */
const rents = /^(?:incoming|available)PhoneNumbers?|(?:buy|purchase|provision|rent|release|claim)\w*(?:Phone|Twilio)?Numbers?|(?:Twilio|Pool|Inbound|Purchased)Numbers?(?:To|$)|sipTrunk|trunkSid/i;

/** A function that gets or gives back such numbers. */
const rentsOne = /^(?:buy|purchase|provision|rent|release|claim)\w*Numbers?$/i;

/** Whether a number is one of the application's own, which its customers call: a file that buys, releases and routes numbers speaks of these, and so does a function that buys one. */
export function isRentedNumber(model: ProjectModel, file: string, exposure: Exposure, around: string): boolean {
  if (exposure.category !== "contact" || !/^(?:phone_?)?numbers?$/i.test(keyOf(exposure))) return false;
  return spoken(model, file) >= (rentsOne.test(around) ? 1 : fewest);
}

const spoken = oncePerPart((model: ProjectModel, file: string): number => [...namesIn(model.facts(file).body)].filter((name) => rents.test(name)).length);

/** How many names have to speak of it. */
const fewest = 3;
