#include <berth/api/http/accept.hpp>

#include <catch2/catch_test_macros.hpp>

namespace http = berth::api::http;
using http::encoding;
using http::transform;

TEST_CASE("JSON is what is given when nothing else is wanted") {
    for (auto const* header :
         {"", " ", "*/*", "application/json", "application/*", "application/json;charset=utf-8",
          "application/cbor,application/json", "text/html, */*;q=0.1"}) {
        INFO(header);
        auto const r = http::negotiate(header);
        REQUIRE(r);
        CHECK(r->as == transform::none);
        CHECK(r->in == encoding::json);
    }
}

TEST_CASE("the best clause that can be served decides") {
    CHECK(http::negotiate("application/json;q=0.5, application/yaml")->in == encoding::yaml);
    CHECK(http::negotiate("application/yaml;q=0.5, application/json")->in == encoding::json);
    CHECK(http::negotiate("application/json;as=Table;v=v1;g=meta.k8s.io,application/json")->as ==
          transform::table);
    CHECK(http::negotiate("application/json;as=Table;v=v2;g=meta.k8s.io,application/json")->as ==
          transform::none);
    CHECK(http::negotiate("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io")->as ==
          transform::metadata_list);
}

TEST_CASE("tables and metadata are given in the version that is asked for") {
    for (auto const* const version : {"v1", "v1beta1"})
        for (auto const* const as : {"Table", "PartialObjectMetadata", "PartialObjectMetadataList"}) {
            auto const header = std::string("application/json;as=") + as + ";v=" + version +
                                ";g=meta.k8s.io,application/json";
            auto const r = http::negotiate(header);
            CHECK(r->as != transform::none);
            CHECK(r->version == std::string("meta.k8s.io/") + version);
        }
}

TEST_CASE("protobuf is given for what has numbers, and never for tables") {
    auto const both = "application/vnd.kubernetes.protobuf,application/json";
    CHECK(http::negotiate(both)->in == encoding::protobuf);
    CHECK(http::negotiate(both, false)->in == encoding::json);
    CHECK_FALSE(http::negotiate("application/vnd.kubernetes.protobuf", false));
    auto const metadata = "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    CHECK(http::negotiate(metadata, false)->as == transform::metadata);
    CHECK_FALSE(http::negotiate("application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io"));
    auto const table = http::negotiate("application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io,"
                                       "application/json;as=Table;v=v1;g=meta.k8s.io");
    CHECK(table->as == transform::table);
    CHECK(table->in == encoding::json);
}

TEST_CASE("what cannot be served is not acceptable") {
    CHECK(http::negotiate("text/html").error().message ==
          "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
          "application/vnd.kubernetes.protobuf");
    CHECK(http::negotiate("application/json;as=Nope;v=v1;g=meta.k8s.io").error().message ==
          "only the following media types are accepted: application/json, application/yaml, "
          "application/vnd.kubernetes.protobuf");
}

TEST_CASE("of custom kinds it is said otherwise what is not acceptable, and in an encoding that is") {
    CHECK(http::negotiate("text/html", false, true).error().message ==
          "only the following media types are accepted: application/json, application/yaml, "
          "application/vnd.kubernetes.protobuf");
    CHECK(http::negotiate_refusal("application/vnd.kubernetes.protobuf") == encoding::protobuf);
    CHECK(http::negotiate_refusal("text/html, application/yaml") == encoding::yaml);
    CHECK(http::negotiate_refusal("application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io") ==
          encoding::json);
    CHECK(http::negotiate_refusal("text/html") == encoding::json);
}

TEST_CASE("aggregated discovery is given to those who ask for version 2") {
    auto const wants = [](std::string_view header) {
        return http::negotiate_discovery(header).value().aggregated_discovery;
    };
    CHECK(wants("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"));
    CHECK(wants("application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));
    CHECK_FALSE(wants("application/json, */*"));
    CHECK_FALSE(wants(""));
    CHECK_FALSE(wants("text/html"));
    auto const unknown = "application/json;g=apidiscovery.k8s.io;v=v9;as=APIGroupDiscoveryList";
    CHECK(http::negotiate_discovery(unknown).error().code == berth::error_code::not_acceptable);
    CHECK_FALSE(wants(std::string(unknown) + ",application/json"));
}
