#include "apps/star_eval/score_source.h"

#include "apps/star_eval/registry.h"
#include "libstareval/data/locations.h"

namespace stareval::app {

namespace fs = std::filesystem;

void add_run_folder_options(OptionParser& parser) {
  parser.add()("run", po::value<std::string>(), "");
  parser.add()("dataset", po::value<std::string>()->value_name("NAME|DIR"),
               "where the dataset lies now, if it moved since the run; with --predictions: what "
               "they answer");
  parser.positional("run", 1);
}

Result<fs::path> dataset_folder(const OptionParser& parser) {
  if (!parser.has("dataset")) return fs::path();
  return find_data("datasets", parser.text("dataset"));
}

Result<StoredRun> open_run(const OptionParser& parser, std::string_view command) {
  if (!parser.has("run"))
    return make_error(ErrorCode::usage, "{}: name a run folder: star-eval {} runs/RUN", command,
                      command);
  STAREVAL_TRY(const fs::path dataset, dataset_folder(parser));
  return StoredRun::open(app_registry(), parser.text("run"), dataset);
}

}  // namespace stareval::app
