/// \file
/// Answers as values.

#include <berth/api/http/message.hpp>

#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;

TEST_CASE("each encoding has its content type, and plain texts one of their own") {
    CHECK(http::content_type_of(http::encoding::json) == "application/json");
    CHECK(http::content_type_of(http::encoding::yaml) == "application/yaml");
    CHECK(http::content_type_of(http::encoding::protobuf) == "application/vnd.kubernetes.protobuf");
    auto const lost = http::page_not_found();
    CHECK(lost.status == 404);
    CHECK(lost.content_type == "text/plain; charset=utf-8");
    CHECK(lost.headers.empty());
}
