/// \file
/// The keys of a cluster.

#include <berth/core/credentials/cluster_keys.hpp>

#include <catch2/catch_test_macros.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

using namespace berth;
using namespace berth::credentials;

namespace {

constexpr auto now = time_point::from_unix_seconds(1'767'225'600);

/// A folder that goes with the test.
struct folder {
    folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "berth-keys-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path = pattern;
    }
    ~folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

} // namespace

TEST_CASE("the keys of a cluster are the same after they were written down") {
    auto const keys = cluster_keys::make(now).value();
    auto const again = cluster_keys::from_text(keys.to_text()).value();
    CHECK(again.to_text() == keys.to_text());
    CHECK(again.authority.certificate() == keys.authority.certificate());
    CHECK(cluster_keys::make(now).value().to_text() != keys.to_text());
    CHECK(cluster_keys::from_text("").error().code == error_code::invalid);
    CHECK(cluster_keys::from_text(keys.authority.certificate()).error().message ==
          "the keys of a cluster are a certificate and two private keys, in PEM");
    CHECK_FALSE(cluster_keys::from_text(keys.tokens.to_pem() + keys.to_text()));
}

TEST_CASE("a file of keys is made once, for its owner alone") {
    auto const here = folder();
    auto const file = (here.path / "keys.pem").string();
    auto const first = keys_in_file(file, now).value();
    struct ::stat about{};
    REQUIRE(::stat(file.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    CHECK(keys_in_file(file, now).value().to_text() == first.to_text());
    CHECK(std::distance(std::filesystem::directory_iterator(here.path), {}) == 1); // and no draft of it
}

TEST_CASE("a file that others may read, or without keys, is refused") {
    auto const here = folder();
    auto const file = (here.path / "keys.pem").string();
    REQUIRE(keys_in_file(file, now));
    ::chmod(file.c_str(), 0640);
    CHECK(keys_in_file(file, now).error().code == error_code::forbidden);
    ::chmod(file.c_str(), 0600);
    std::ofstream(file) << "nonsense";
    auto const refused = keys_in_file(file, now);
    CHECK(refused.error().code == error_code::invalid);
    CHECK(refused.error().message.starts_with(file + ": "));
    CHECK(keys_in_file((here.path / "none" / "keys.pem").string(), now).error().code ==
          error_code::unavailable);
}
