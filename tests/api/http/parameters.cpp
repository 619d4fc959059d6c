#include <berth/api/http/parameters.hpp>

#include <catch2/catch_test_macros.hpp>

namespace api = berth::api;
namespace http = berth::api::http;

TEST_CASE("whole numbers are read and refused as Go does") {
    CHECK(http::parse_integer("-12") == -12);
    CHECK(http::parse_integer("+3") == 3);
    for (auto const* text : {"", "x", "1x", " 1", "+", "+-1", "1.5"}) {
        auto const refused = http::parse_integer(text);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message ==
              "strconv.ParseInt: parsing \"" + std::string(text) + "\": invalid syntax");
    }
    CHECK(http::parse_integer("9223372036854775808").error().message ==
          "strconv.ParseInt: parsing \"9223372036854775808\": value out of range");
}

TEST_CASE("the options of a list are its parameters") {
    auto const q = http::query("labelSelector=a%3Db&fieldSelector=x%3Dy&limit=5&continue=t&resourceVersion=7"
                               "&resourceVersionMatch=Exact&timeoutSeconds=9&allowWatchBookmarks=1");
    auto const p = http::read_list_parameters(q, "bay");
    REQUIRE(p);
    CHECK(p->list.namespace_ == "bay");
    CHECK(p->list.label_selector == "a=b");
    CHECK(p->list.field_selector == "x=y");
    CHECK(p->list.limit == 5);
    CHECK(p->timeout_seconds == 9);
    CHECK(p->watch().allow_bookmarks);
    CHECK(p->watch().resource_version == "7");
    CHECK(http::read_list_parameters(http::query("limit=-1"), "")->list.limit == 0);
    CHECK_FALSE(http::read_list_parameters(http::query("limit=x"), ""));
    CHECK_FALSE(http::read_list_parameters(http::query("timeoutSeconds="), ""));
}

TEST_CASE("writes warn of unknown members unless told otherwise") {
    auto options = api::create_options{};
    REQUIRE(http::read_write_options(http::query(""), "CreateOptions", options));
    CHECK(options.validation == api::field_validation::warn);
    CHECK_FALSE(options.dry_run);
    REQUIRE(http::read_write_options(http::query("dryRun=All&fieldValidation=Strict&fieldManager=me"),
                                     "CreateOptions", options));
    CHECK(options.validation == api::field_validation::strict);
    CHECK(options.dry_run);
    CHECK(options.field_manager == "me");
}

TEST_CASE("options with unacceptable values are invalid") {
    auto const message = [](std::string_view text) {
        auto options = api::create_options{};
        auto const r = http::read_write_options(http::query(text), "CreateOptions", options);
        return r ? std::string() : r.error().message;
    };
    auto const head = std::string("CreateOptions.meta.k8s.io \"\" is invalid: ");
    CHECK(message("dryRun=All&dryRun=x") ==
          head + "dryRun: Unsupported value: [\"All\",\"x\"]: supported values: \"All\"");
    CHECK(message("fieldValidation=Nope") ==
          head + "fieldValidation: Unsupported value: \"Nope\": supported values: "
                 "\"\", \"Ignore\", \"Strict\", \"Warn\"");
    CHECK(message("fieldManager=" + std::string(129, 'x')) ==
          head + "fieldManager: Too long: may not be more than 128 bytes");
    CHECK_FALSE(http::read_patch_options(http::query("force=true")));
    CHECK_FALSE(http::read_apply_options(http::query("")));
    CHECK(http::read_apply_options(http::query("force=true&fieldManager=me"))->force);
}
