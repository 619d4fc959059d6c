/// \file
/// What requests are counted as.

#include "harbour.hpp"

#include <berth/api/http/request_labels.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace harbour;
namespace http = berth::api::http;

TEST_CASE("a request is counted by kind, verb and scope, and dry runs apart") {
    auto const known = kinds();
    struct {
        char const *method, *path, *parameters, *type;
        bool watch;
        http::request_labels labels;
    } const cases[] = {
        {"GET",
         "/apis/harbour.io/v1/boats",
         "",
         "",
         false,
         {"harbour.io", "v1", "boats", "", "cluster", "LIST", false}},
        {"GET",
         "/apis/harbour.io/v1/namespaces/bay/boats",
         "watch=1",
         "",
         true,
         {"harbour.io", "v1", "boats", "", "namespace", "WATCH", false}},
        {"PUT",
         "/apis/harbour.io/v1/namespaces/bay/boats/tern/scale",
         "dryRun=All",
         "",
         false,
         {"harbour.io", "v1", "boats", "scale", "resource", "PUT", true}},
        {"PATCH",
         "/api/v1/piers/p",
         "",
         "application/apply-patch+yaml",
         false,
         {"", "v1", "piers", "", "resource", "APPLY", false}},
        {"PATCH",
         "/api/v1/piers/p",
         "",
         "application/merge-patch+json",
         false,
         {"", "v1", "piers", "", "resource", "PATCH", false}},
        {"POST", "/api/v1/piers", "", "", false, {"", "v1", "piers", "", "cluster", "POST", false}},
        {"DELETE",
         "/api/v1/piers",
         "",
         "",
         false,
         {"", "v1", "piers", "", "cluster", "DELETECOLLECTION", false}},
        {"DELETE", "/api/v1/piers/p", "", "", false, {"", "v1", "piers", "", "resource", "DELETE", false}},
    };
    for (auto const& c : cases) {
        CAPTURE(c.method, c.path);
        auto const op = http::resolve(known, http::parse_path(c.path), c.method, c.watch);
        REQUIRE(op);
        auto const q = http::request{c.method, c.path, http::query(c.parameters), {}, c.type, {}, {}, {}, {}};
        CHECK(http::labels_of(q, *op) == c.labels);
    }
}
