/** The code and the commands of the guides, as documents.test.ts runs those of the README. */
import { describe } from "vitest";
import { isGuide } from "./support/documents.ts";
import { runnable, testBlocks } from "./support/runBlocks.ts";

describe.each(runnable.filter(isGuide))("$path", ({ blocks }) => testBlocks(blocks));
