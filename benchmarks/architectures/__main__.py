"""What the LSTM's gates buy: a plain RNN, a GRU, an LSTM and a small transformer, trained and measured alike.

    python -m benchmarks.architectures en --corpus FILE… --text dev.txt --folder FOLDER [--minutes 6] [--json]
    python -m benchmarks.architectures.plots en.json de.json --out docs/images

Same pieces, same number of parameters, same text, same minutes of one processor core. FOLDER keeps the trained
networks: the same command again only measures. Figures and how they are to be read: docs/architectures.md.
"""

import argparse
import json
import sys
from pathlib import Path

import torch

from autocomplete import Error
from autocomplete.assets import assets
from autocomplete.cli.progress import Progress
from autocomplete.model.bundle import TOKENIZER
from autocomplete.text.files import iterate_lines
from autocomplete.text.tokenizer import Tokenizer
from benchmarks.architectures.comparison import Comparison, Options
from benchmarks.architectures.table import as_table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", choices=["de", "en"], help="of the texts; its shipped model gives the pieces")
    parser.add_argument("--corpus", nargs="+", type=Path, required=True, help="text to train on")
    parser.add_argument("--text", type=Path, required=True, help="text to measure on")
    parser.add_argument("--folder", type=Path, required=True, help="where the trained networks are kept")
    parser.add_argument("--minutes", type=float, default=6.0, help="of the processor, for each network")
    parser.add_argument("--probe-minutes", type=float, default=3.0, help="the same for the trained memory test")
    parser.add_argument("--lines", type=int, default=150, help="of the text, typed by the simulated typist")
    parser.add_argument("--json", action="store_true")
    arguments = vars(parser.parse_args())
    as_json = arguments.pop("json")
    torch.set_num_threads(1)
    torch.manual_seed(1)
    try:
        options = Options(**arguments)
        tokenizer = Tokenizer.load(assets() / "models" / options.language / TOKENIZER)
        lines = list(iterate_lines(options.text))
        with Progress(total=options.steps) as bar:
            figures = Comparison(options, tokenizer, lines, bar).run()
    except Error as error:
        sys.exit(f"architectures: {error}")
    print(json.dumps(figures, indent=2, ensure_ascii=False) if as_json else as_table(figures))


if __name__ == "__main__":
    main()
