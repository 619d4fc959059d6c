#include <berth/core/version.hpp>

#include <catch2/catch_all.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

// The preprocessor can compare it.
#if BERTH_VERSION < 800
#error "versions before 0.8 had no macros"
#endif

TEST_CASE("the version that programs see is that of the project") {
    auto text = std::ostringstream();
    auto const* const root = std::getenv("BERTH_SOURCE");
    text << std::ifstream(std::string(root == nullptr ? "." : root) + "/meson.build").rdbuf();
    auto const wanted = "version: '" + std::to_string(BERTH_VERSION_MAJOR) + "." +
                        std::to_string(BERTH_VERSION_MINOR) + "." + std::to_string(BERTH_VERSION_PATCH) + "'";
    CHECK(text.str().find(wanted) != std::string::npos);
    CHECK(BERTH_VERSION == BERTH_VERSION_MAJOR * 10'000 + BERTH_VERSION_MINOR * 100 + BERTH_VERSION_PATCH);
}
