/// \file
/// The kinds as JSON: names, empty members, unknown members.

#include <berth/api/http/openapi.hpp>
#include <berth/kube/apps/deployment/type.hpp>
#include <berth/kube/core/node/type.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/object/codec.hpp>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace berth;

namespace {

template <class T> auto read(std::string_view text) -> T {
    auto value = object::from_json_text<T>(text);
    REQUIRE(value);
    return *std::move(value);
}

constexpr auto busy_pod = R"({
    "metadata": {"name": "p", "namespace": "t"},
    "spec": {
        "containers": [{
            "name": "main", "image": "b:1", "tty": true,
            "ports": [{"containerPort": 80, "hostIP": "10.0.0.1"}],
            "env": [{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
            "resources": {"requests": {"cpu": "1500m"}},
            "livenessProbe": {"httpGet": {"port": "http"}, "periodSeconds": 3}
        }],
        "volumes": [{"name": "v", "emptyDir": {"sizeLimit": "1Gi"}},
                    {"name": "w", "scaleIO": {"system": "s"}}],
        "hostPID": true, "setHostnameAsFQDN": true, "colour": "red"
    },
    "status": {"podIPs": [{"ip": "10.1.1.1"}], "qosClass": "Burstable"}
})";

} // namespace

TEST_CASE("members are found under their names in JSON") {
    auto const p = read<kube::pod>(busy_pod);
    auto const& c = p.spec.containers.at(0);
    CHECK(c.ports.at(0).port == 80);
    CHECK(c.ports.at(0).host_ip == "10.0.0.1");
    CHECK(c.tty);
    CHECK(c.env.at(0).value_from->field_ref->field_path == "metadata.name");
    CHECK(c.resources.requests.find("cpu")->milli_value() == 1500);
    CHECK(c.liveness_probe->http_get->port.text() == "http");
    CHECK(p.spec.volumes.at(0).empty_dir->size_limit->value() == 1 << 30);
    CHECK(p.spec.volumes.at(1).scale_io->system == "s");
    CHECK(p.spec.host_pid);
    CHECK(p.spec.set_hostname_as_fqdn == true);
    CHECK(p.status.pod_ips.at(0).ip == "10.1.1.1");
    CHECK(p.status.qos_class == "Burstable");
}

TEST_CASE("what is written reads back as it was, unknown members too") {
    auto const p = read<kube::pod>(busy_pod);
    auto const text = object::to_json_text(p);
    CHECK(text.find(R"("colour":"red")") != std::string::npos);
    CHECK(read<kube::pod>(text) == p);
}

TEST_CASE("structs that Go cannot leave out are written empty") {
    auto p = kube::pod();
    p.spec.containers.emplace_back();
    CHECK(object::to_json_text(p) ==
          R"({"metadata":{},"spec":{"containers":[{"name":"","resources":{}}]},"status":{}})");
    auto d = kube::deployment();
    auto const text = object::to_json_text(d);
    CHECK(text.find(R"("selector":null)") != std::string::npos);
    CHECK(text.find(R"("strategy":{})") != std::string::npos);
    CHECK(text.find(R"("status":{})") != std::string::npos);
    CHECK(object::to_json_text(kube::node()).find(R"("kubeletEndpoint":{"Port":0})") != std::string::npos);
}

TEST_CASE("descriptions say what a schema needs") {
    auto const& spec = object::type_of<kube::pod_spec>();
    CHECK(spec.name == "io.k8s.api.core.v1.PodSpec");
    CHECK(spec.field("containers")->required);
    CHECK(spec.field("containers")->details->merge_key == "name");
    auto const policies =
        std::vector<std::string_view>{"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"};
    CHECK(std::ranges::equal(spec.field("dnsPolicy")->details->values, policies));
    CHECK(spec.field("tolerations")->number == 22);
    CHECK(object::type_of<kube::deployment_spec>().field("strategy")->patch ==
          object::patch_strategy::retain_keys);
    CHECK(object::type_of<kube::volume>().field("hostPath")->number == 2001);
}

TEST_CASE("kinds say what they are called") {
    CHECK(kube::deployment::resource.group == "apps");
    CHECK(kube::deployment::resource.plural == "deployments");
    CHECK_FALSE(kube::node::resource.namespaced);
}

TEST_CASE("what a description says of lists, bounds and defaults is published") {
    auto text = std::string();
    auto writer = api::http::detail::schema_writer(text);
    writer.mention(object::type_of<kube::pod>());
    writer.mention(object::type_of<kube::object_reference>());
    writer.write_all();
    auto const schemas = boost::json::parse("{" + text + "}");
    auto const of = [&](std::string_view type, std::string_view member) {
        return schemas.at("io.k8s.api.core.v1." + std::string(type)).at("properties").at(member).as_object();
    };
    auto const ports = of("Container", "ports");
    CHECK(ports.at("x-kubernetes-list-type") == "map");
    CHECK(ports.at("x-kubernetes-list-map-keys") == boost::json::array{"containerPort", "protocol"});
    CHECK(of("Container", "command").at("x-kubernetes-list-type") == "atomic");
    CHECK(of("PodSpec", "nodeSelector").at("x-kubernetes-map-type") == "atomic");
    CHECK(of("LocalObjectReference", "name").at("type") == "string");
    CHECK(schemas.at("io.k8s.api.core.v1.LocalObjectReference").at("x-kubernetes-map-type") == "atomic");
    CHECK(of("ContainerPort", "protocol").at("default") == "TCP");
    CHECK(of("ContainerPort", "containerPort").at("maximum") == 65535);
    CHECK(of("PodSpec", "dnsPolicy").at("enum") ==
          boost::json::array{"ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"});
    // Real servers check these, and do not tell them.
    CHECK_FALSE(of("Container", "restartPolicy").contains("enum"));
    CHECK_FALSE(of("ContainerResizePolicy", "resourceName").contains("enum"));
}
